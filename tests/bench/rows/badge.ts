import type { Page } from "playwright-core";
import type { Bench } from "../bench.ts";
import { pageOrigin, visit, withBrowser, withPage } from "../chromium.ts";
import { run } from "../program.ts";
import { quantile } from "../quantile.ts";
import { absolute, type Figure, type Row } from "../row.ts";
import { ms } from "../units.ts";
import { latencies, type Stamp } from "./stamps.ts";

/** 0.6 of what Cockpit's page of VMs needed where it was measured beside ours: 26 ms. */
const MEDIAN = 15.6e6;
const P99 = 40e6;
/** Milliseconds between two acts: the page has long shown the last one. */
const APART = "60";

/**
 * From right before `virDomainSuspend` in another process to the text of the VM's badge in the host
 * page's document, in Chromium.
 */
export class Badge implements Row {
  readonly name = "badge";
  readonly #times: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri, name } = await bench.guest("vg-bn-ours");
    await using server = await bench.serve(uri);
    const cookie = await server.cookie();
    await withBrowser((browser) =>
      withPage(browser, cookie, server.url, async (page) => {
        await visit(page, server.url);
        await page.locator('[data-link="live"]').waitFor();
        await page.evaluate(noteTexts, `[data-vm="${name}"] .state`);
        const act = (cycles: number) =>
          run(bench.program("actor"), [`${cycles}`, APART, uri, name]);
        await act(5);
        const acts = await act(bench.samples(200));
        this.#times.push(...latencies(acts, "0 suspend", await stamps(page, "Paused")));
      })
    );
  }

  figures(): Figure[] {
    const what = "`virsh suspend` elsewhere to the badge's text in Chromium";
    const times = this.#times;
    return [
      absolute(`${what}, median of ${times.length}`, quantile(times, 0.5), ms, MEDIAN),
      absolute("the same, p99", quantile(times, 0.99), ms, P99),
    ];
  }
}

/** Runs in the page: keeps when the text of the element became which. */
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

/** When it became `wanted`. */
async function stamps(page: Page, wanted: string): Promise<Stamp[]> {
  const origin = await pageOrigin(page);
  const texts = await page.evaluate(() =>
    (globalThis as unknown as { texts: [number, string][] }).texts
  );
  return texts.flatMap(([at, text]) => text === wanted ? [{ at: origin + at * 1e6 }] : []);
}
