import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { browserPids, visit, withBrowser, withPage } from "../chromium.ts";
import { moveNumbers } from "../moving_numbers.ts";
import { processesCPU } from "../process_cpu.ts";
import { median } from "../quantile.ts";
import { absolute, type Figure, type Row } from "../row.ts";
import { count, ms, percentOfCore } from "../units.ts";

const VMS = 200;
/** Milliseconds until the page has come to rest, and those that count. */
const SETTLE = 5000;
const WATCHED = 30_000;
/** Nanoseconds of CPU time a second: a tenth of a core. */
const TENTH = 1e8;

/** Chromium on the host page while all numbers of all VMs move once a second. */
export class LivePage implements Row {
  readonly name = "live";
  readonly #renderer: number[] = [];
  readonly #all: number[] = [];
  /** Milliseconds of those while it came up, and of those after. */
  readonly #first: number[] = [];
  readonly #long: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.testVMs(VMS);
    await using server = await bench.serve(uri);
    const cookie = await server.cookie();
    await withBrowser((browser) =>
      withPage(browser, cookie, server.url, async (page) => {
        await page.addInitScript(moveNumbers);
        await page.addInitScript(noteLongTasks);
        await visit(page, server.url);
        await page.locator('[data-link="live"]').waitFor();
        await delay(SETTLE);
        this.#first.push(...await page.evaluate(takeLongTasks));
        const kinds = [await browserPids(browser, "renderer"), await browserPids(browser)];
        const before = kinds.map(processesCPU);
        const began = performance.now();
        await delay(bench.quick ? WATCHED / 10 : WATCHED);
        const seconds = (performance.now() - began) / 1000;
        const [renderer = NaN, all = NaN] = kinds.map((pids, n) =>
          (processesCPU(pids) - before[n]!) / seconds
        );
        this.#renderer.push(renderer);
        this.#all.push(all);
        this.#long.push(...await page.evaluate(takeLongTasks));
      })
    );
  }

  figures(): Figure[] {
    const what = `host page in Chromium, ${VMS} VMs that move at 1 Hz`;
    const [renderer, all] = [median(this.#renderer), median(this.#all)];
    const longest = Math.max(0, ...this.#first) * 1e6;
    return [
      absolute(`${what}: CPU of the page's process`, renderer, percentOfCore, TENTH),
      told("the same: CPU of the whole browser", percentOfCore(all)),
      absolute("the same: tasks over 50 ms", this.#long.length, count, 0),
      told("the same: longest task over 50 ms while it comes up", longest ? ms(longest) : "none"),
    ];
  }
}

function told(what: string, ours: string): Figure {
  return { what, ours, peer: null, ratio: null, target: null, ok: null };
}

/** Runs in the page: https://w3c.github.io/longtasks/ */
function noteLongTasks(): void {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  });
  observer.observe({ type: "longtask", buffered: true });
  Object.assign(globalThis, { takeLongTasks: () => tasks.splice(0) });
}

/** Runs in the page: the milliseconds of those since it was last asked. */
function takeLongTasks(): number[] {
  return (globalThis as unknown as { takeLongTasks: () => number[] }).takeLongTasks();
}
