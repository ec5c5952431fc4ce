import type { Browser, Page } from "playwright-core";
import type { Bench } from "../bench.ts";
import { pageOrigin, visit, withBrowser, withPage } from "../chromium.ts";
import { Cockpit, ignoreProcessor } from "../cockpit.ts";
import { run } from "../program.ts";
import { median, quantile } from "../quantile.ts";
import { absolute, compared, type Figure, type Row } from "../row.ts";
import { ms } from "../units.ts";
import { latencies, type Stamp } from "./stamps.ts";

/** Nanoseconds that are the limit of the median where there is no Cockpit, and of the p99. */
const MEDIAN = 26e6;
const P99 = 40e6;
/** Milliseconds between two acts: both pages have long shown the last one. */
const APART = "150";

/**
 * From right before `virDomainSuspend` in another process to the text of the VM's state in the document
 * of the page of all VMs, against Cockpit's. Two equal guests on two libvirtds, suspended in turn, and
 * two browsers.
 */
export class Badge implements Row {
  readonly name = "badge";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const [peer, ours] = [await bench.guest("vg-bn-peer"), await bench.guest("vg-bn-ours")];
    await using server = await bench.serve(ours.uri);
    const cookie = await server.cookie();
    const sides = [ours.uri, ours.name];
    const act = async (cycles: number) =>
      await run(bench.program("actor"), [`${cycles}`, APART, ...sides]);
    const ownState = `[data-vm="${ours.name}"] .state`;

    const problem = await Cockpit.problem();
    if (problem) {
      console.error(`badge: without Cockpit: ${problem}`);
      await watching(cookie, server.url, ownState, async (page) => {
        await act(5);
        const acts = await act(bench.samples(200));
        this.#ours.push(...latencies(acts, "0 suspend", await stamps(page)));
      });
      return;
    }
    await using cockpit = await Cockpit.start(bench.folder, peer);
    sides.push(peer.uri, peer.name);
    const peerState = `#vm-${peer.name}-system-state`;
    await watching(
      cookie,
      server.url,
      ownState,
      (page) =>
        watching("", cockpit.url, peerState, async (other) => {
          await act(5);
          const acts = await act(bench.samples(200));
          this.#ours.push(...latencies(acts, "0 suspend", await stamps(page)));
          this.#peer.push(...latencies(acts, "1 suspend", await stamps(other)));
        }),
    );
  }

  figures(): Figure[] {
    const what = "`virsh suspend` elsewhere to the VM's state in Chromium";
    const [ours, peer] = [this.#ours, this.#peer];
    const middle = `${what}, median of ${ours.length}`;
    return [
      peer.length > 0
        ? compared(middle, median(ours), median(peer), ms, { atMost: 0.6 })
        : absolute(middle, median(ours), ms, MEDIAN),
      absolute("the same, p99", quantile(ours, 0.99), ms, P99),
    ];
  }
}

/** A page in a browser of its own that keeps when the text of `selector` became which. */
function watching(
  cookie: string,
  url: string,
  selector: string,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const open = (browser: Browser) =>
    withPage(browser, cookie, url, async (page) => {
      await page.addInitScript(ignoreProcessor);
      await visit(page, url);
      await page.locator(selector).waitFor();
      await page.waitForLoadState("networkidle");
      await page.evaluate(noteTexts, selector);
      await use(page);
    });
  return withBrowser(open);
}

/** Runs in the page. */
function noteTexts(selector: string): void {
  const texts: [at: number, text: string][] = [];
  const look = () => {
    const text = document.querySelector(selector)?.textContent ?? "";
    if (text !== texts.at(-1)?.[1]) texts.push([performance.now(), text]);
  };
  const all = { subtree: true, childList: true, characterData: true };
  new MutationObserver(look).observe(document, all);
  Object.assign(globalThis, { texts });
}

/** When it became "Paused". */
async function stamps(page: Page): Promise<Stamp[]> {
  const origin = await pageOrigin(page);
  const texts = await page.evaluate(() =>
    (globalThis as unknown as { texts: [number, string][] }).texts
  );
  return texts.flatMap(([at, text]) => text === "Paused" ? [{ at: origin + at * 1e6 }] : []);
}
