import type { Browser } from "playwright-core";
import type { Bench } from "../bench.ts";
import { visit, withBrowser, withPage } from "../chromium.ts";
import { freePort } from "../port.ts";
import { Program } from "../program.ts";
import { median, quantile } from "../quantile.ts";
import { absolute, compared, type Figure, type Row } from "../row.ts";
import { ms } from "../units.ts";

const VMS = 20;
const LIVE = 1.5e9;

/** Nanoseconds from the start of the navigation. */
interface Seen {
  usable: number;
  live: number;
}

/**
 * Chromium with an empty cache over loopback, on the host page: until a frame has shown a VM's name,
 * against a bare Deno page of the same names; and until a VM's number has become another one.
 */
export class Usable implements Row {
  readonly name = "usable";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];
  readonly #live: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri, names } = await bench.testVMs(VMS);
    const name = names.at(-1) ?? "";
    await using server = await bench.serve(uri);
    const cookie = await server.cookie();
    const port = freePort();
    const bare = ["run", "-A", "--no-check", bench.peer("bare_server.ts"), uri, `${port}`];
    await using peer = new Program(Deno.execPath(), bare);
    await peer.line(0);
    const url = `http://127.0.0.1:${port}`;
    await withBrowser(async (browser) => {
      for (let turn = -1; turn < bench.samples(30); turn++) {
        const theirs = await open(browser, "", url, name, "usable");
        const ours = await open(browser, cookie, server.url, name, "live");
        if (turn < 0) continue; // warms all three
        this.#peer.push(theirs.usable);
        this.#ours.push(ours.usable);
        this.#live.push(ours.live);
      }
    });
  }

  figures(): Figure[] {
    const [ours, peer] = [this.#ours, this.#peer];
    const what = `host page in Chromium until a VM's name is visible, median of ${ours.length}`;
    const p99 = [quantile(ours, 0.99), quantile(peer, 0.99)] as const;
    return [
      compared(what, median(ours), median(peer), ms, { atMost: 2 }),
      compared("the same, p99", ...p99, ms, null),
      absolute("the same: until a number of a VM has moved", median(this.#live), ms, LIVE),
    ];
  }
}

async function open(
  browser: Browser,
  cookie: string,
  url: string,
  name: string,
  until: keyof Seen,
): Promise<Seen> {
  return await withPage(browser, cookie, url, async (page) => {
    // The start of a process for the site, which browsers keep at hand, is nobody's page.
    await visit(page, `${url}/healthz`);
    await page.addInitScript(watch, name);
    await visit(page, url);
    await page.waitForFunction((until) => until in (globalThis as { seen?: object }).seen!, until);
    return await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  });
}

/** Runs in the page: looks at it before every frame, and notes when the frame after it begins. */
function watch(name: string): void {
  const seen: Partial<Seen> = {};
  Object.assign(globalThis, { seen });
  const note = (what: keyof Seen) =>
    requestAnimationFrame(() => seen[what] ??= performance.now() * 1e6);
  const numbers = () =>
    [...document.querySelectorAll("[data-vm] .num")].map((each) => each.textContent).join();
  let first = "";
  const look = () => {
    const named = [...document.querySelectorAll("li, [data-vm]")]
      .some((each) => each.textContent?.includes(name));
    if (named) note("usable");
    if (named) first ||= numbers();
    if (named && numbers() !== first) note("live");
    if (seen.live === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
