import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Bench } from "../bench.ts";
import { visit, withBrowser, withPage } from "../chromium.ts";
import { moveNumbers } from "../moving_numbers.ts";
import { absolute, type Figure, type Row } from "../row.ts";
import { megabytes } from "../units.ts";

const VMS = 200;
const SETTLE = 10_000;

/** By how much the heap of the host page grows while it is open and all numbers move. */
export class OpenPage implements Row {
  readonly name = "open";
  readonly once = true;
  readonly asked = true;
  #minutes = NaN;
  #grown = NaN;

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.testVMs(VMS);
    await using server = await bench.serve(uri);
    const cookie = await server.cookie();
    await withBrowser((browser) =>
      withPage(browser, cookie, server.url, async (page) => {
        await page.addInitScript(moveNumbers);
        await visit(page, server.url);
        await page.locator('[data-link="live"]').waitFor();
        await delay(SETTLE);
        const before = await heapOf(page);
        await delay(bench.minutes * 60_000);
        await page.locator('[data-link="live"]').waitFor();
        this.#minutes = bench.minutes;
        this.#grown = await heapOf(page) - before;
      })
    );
  }

  figures(): Figure[] {
    const what =
      `host page open for ${this.#minutes} min, ${VMS} VMs that move: the heap has grown by`;
    return [absolute(what, Math.max(0, this.#grown), megabytes, 5e6)];
  }
}

/** What the page's JavaScript still holds, in bytes. */
async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  await devtools.detach();
  return usedSize;
}
