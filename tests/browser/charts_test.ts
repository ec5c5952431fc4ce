import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { MetricsHistory } from "@/protocol/mod.ts";
import { demandAccessibleInAll } from "@/tests/harness/accessible.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";

const problem = Browser.problem ?? await hypervisorProblem();
if (problem) console.log(`skipped: charts of a real guest: ${problem}`);

const DEVICES = ["CPU", "Memory", "Network", "Disk vda"];
const tile = (page: Page, title: string) => page.locator(`[data-chart^="${title}"]`);

Deno.test({
  name: "charts of a real guest",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-browser-charts";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    await page.goto(`${server.url}/vms/${name}`);

    await t.step(
      "each disk and NIC has one, with its numbers and the highest of them",
      async () => {
        for (const title of DEVICES) {
          await tile(page, title).locator("canvas").waitFor();
          await tile(page, title).locator(".tile-peak").filter({ hasText: /max \d/ }).first()
            .waitFor();
        }
        assert.equal(await page.locator(".tile").count(), DEVICES.length);
        // The guest's own view, and what the host holds for it.
        await page.waitForFunction(() =>
          document.querySelectorAll('[data-chart="Memory"] .num:not(.num-idle)').length === 2
        );
      },
    );

    await t.step("the crosshair is on all of them at once, with one time", async () => {
      await hover(page, 0.97);
      await page.waitForFunction(
        (count) => document.querySelectorAll(".tile-note").length === count,
        DEVICES.length,
      );
      const notes = await page.locator(".tile-note").allInnerTexts();
      assert.match(notes[0]!, /^\d\d:\d\d:\d\d UTC$/);
      assert.equal(new Set(notes).size, 1, notes.join());
      await page.mouse.move(0, 0);
      await page.locator(".tile-note").first().waitFor({ state: "detached" });
    });

    await t.step(
      "drawing over a stretch zooms to it, and Escape or the button lead back",
      async () => {
        const back = page.getByRole("button", { name: "Back to the last 5 min" });
        await drag(page, 0.5, 0.9);
        await back.waitFor();
        await page.mouse.move(0, 0);
        const stretch = /^\d\d:\d\d:\d\d to \d\d:\d\d:\d\d UTC$/;
        await tile(page, "Disk").locator(".tile-note").filter({ hasText: stretch }).waitFor();
        await demandAccessibleInAll(page);
        await page.keyboard.press("Escape");
        await back.waitFor({ state: "detached" });
        await drag(page, 0.9, 0.6);
        await back.click();
        await back.waitFor({ state: "detached" });
      },
    );

    await t.step("keys zoom to the newest, move, and go from point to point", async () => {
      const chart = page.getByRole("application", { name: "CPU" });
      const note = tile(page, "CPU").locator(".tile-note");
      await chart.focus();
      await page.keyboard.press("+");
      const told = await note.innerText();
      assert.match(told, /^\d\d:\d\d:\d\d to \d\d:\d\d:\d\d UTC$/);
      assert.equal(await page.locator(".charts > [role=status]").innerText(), told);
      assertLong(told, 150);
      await page.keyboard.press("Shift+ArrowLeft");
      await page.waitForFunction(
        (count) =>
          [...document.querySelectorAll(".tile-note")]
            .filter(({ textContent }) => /^\d\d:\d\d:\d\d UTC$/.test(textContent)).length === count,
        DEVICES.length,
      );
      const newest = await note.innerText();
      // Several samples may be of one second where the machine is busy.
      for (let moves = 0; moves < 10 && await note.innerText() === newest; moves++) {
        await page.keyboard.press("Shift+ArrowLeft");
      }
      const earlier = await note.innerText();
      assert.ok(
        /^\d\d:\d\d:\d\d UTC$/.test(earlier) && earlier !== newest,
        `${newest}, ${earlier}`,
      );
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Back/ }).waitFor({ state: "detached" });
      await chart.blur();
      await note.waitFor({ state: "detached" });
    });

    await t.step("two fingers zoom and move, one leaves the chart as it is", async () => {
      const note = tile(page, "CPU").locator(".tile-note").filter({ hasText: " to " });
      await using fingers = await touch(page);
      await fingers([0.5], [0.2]);
      await fingers([0.4, 0.6], [0.3, 0.7]);
      await note.waitFor();
      const before = await note.innerText();
      assertLong(before, 150);
      await fingers([0.4, 0.6], [0.6, 0.8]);
      await note.filter({ hasNotText: before }).waitFor();
      await page.keyboard.press("Escape");
      await note.waitFor({ state: "detached" });
    });

    await t.step("a range is chosen by keyboard, and stays in the address", async () => {
      const asked = page.waitForResponse(/\/metrics\?since=86400\.000&step=300\.000$/);
      await page.getByRole("link", { name: "24 h" }).focus();
      await page.keyboard.press("Enter");
      await asked;
      assert.equal(new URL(page.url()).search, "?range=24h");
      await page.reload();
      await tile(page, "CPU").locator("canvas").waitFor();
      const chosen = page.locator(".range[aria-current]");
      assert.deepEqual(await chosen.allInnerTexts(), ["24 h"]);
      await page.getByRole("link", { name: "5 min" }).click();
      assert.equal(new URL(page.url()).search, "");
    });

    await t.step("a VM that does not answer is told apart from one that does nothing", async () => {
      await using _stopped = await stopQEMU(name);
      for (const title of ["Memory", "Disk vda"]) {
        await tile(page, title).filter({ hasText: "does not answer" }).waitFor({ timeout: 30_000 });
      }
      assert.equal(await tile(page, "CPU").locator(".tile-note").count(), 0);
    });

    await t.step(
      "a VM that has ended keeps its charts, and they say how old they are",
      async () => {
        await virsh(SYSTEM, "destroy", name);
        await tile(page, "CPU").filter({ hasText: /last sample \d+ s ago/ }).waitFor({
          timeout: 30_000,
        });
        await virsh(SYSTEM, "start", name);
        await tile(page, "CPU").filter({ hasNotText: "ago" }).waitFor({ timeout: 30_000 });
      },
    );

    await t.step("the time without it is a gap, for REST and without JavaScript", async () => {
      const cpu = await eventually(async () => {
        const history = await server.json(`/api/v1/vms/${name}/metrics`);
        const { cpu } = MetricsHistory.parse(history);
        return cpu.at(-1) === null ? null : cpu;
      }, { for: "a sample after the gap" });
      assert.ok(cpu.slice(cpu.findIndex((value) => value !== null)).includes(null));
      await using plain = await Browser.start({ javaScript: false });
      await using page = await plain.page();
      await signIn(page, server);
      await page.goto(`${server.url}/vms/${name}`);
      for (const title of DEVICES) await tile(page, title).locator("svg.static-lines").waitFor();
      const line = await tile(page, "CPU").locator("path.plot-line-1").last().getAttribute("d");
      assert.ok((line?.match(/M/g)?.length ?? 0) >= 2, `two parts: ${line}`);
      await page.getByRole("link", { name: "7 d" }).click();
      await page.waitForURL(`${server.url}/vms/${name}?range=7d`);
      assert.equal(await page.getByText("7 d ago").count(), DEVICES.length);
    });

    await t.step("GET /metrics tells Prometheus of its disk and NIC", async () => {
      const text = await eventually(async () => {
        const text = await (await server.fetch("/metrics", { token: null })).text();
        return text.includes(`memory_stats_rss_bytes{domain="${name}"}`) && text;
      }, { for: "a whole sample" });
      for (
        const line of [
          `libvirt_domain_block_stats_write_requests_total{domain="${name}",target_device="vda"} \\d+`,
          `libvirt_domain_block_meta{domain="${name}",target_device="vda",bus="virtio",source_file="/.+"} 1`,
          `libvirt_domain_interface_stats_receive_packets_total{domain="${name}",target_device="\\w+"} \\d+`,
          `libvirt_domain_interface_meta{domain="${name}",target_device="\\w+",mac="52:54:[0-9a-f:]+".*} 1`,
          `libvirt_domain_info_cpu_time_seconds_total{domain="${name}"} [\\d.]+`,
          `libvirt_domain_info_memory_usage_bytes{domain="${name}"} \\d+`,
          "virtglass_host_memory_used_bytes \\d+",
        ]
      ) assert.match(text, new RegExp(`^${line}$`, "m"));
    });
  },
});

Deno.test({
  name: "the host page folds its charts away, and loads them when they are asked for",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: SYSTEM });
    await using browser = await Browser.start();
    await using page = await browser.page();
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    await signIn(page, server);
    await page.locator('[data-link="live"]').waitFor();
    assert.deepEqual(loaded.filter((url) => /uplot/i.test(url)), []);
    await page.locator("summary").click();
    for (const title of ["CPU", "Memory"]) {
      await tile(page, title).locator("canvas").waitFor();
      await tile(page, title).locator(".num:not(.num-idle)").waitFor();
    }
    assert.ok(loaded.some((url) => /uplot/i.test(url)));
    await page.getByRole("link", { name: "7 d" }).click();
    await page.reload();
    await tile(page, "Memory").locator("canvas").waitFor();
  },
});

Deno.test({
  name: "charts tell the time in UTC, as the timeline does, wherever the browser is",
  ignore: Browser.problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start({ timezoneId: "Europe/Berlin" });
    await using page = await browser.page();
    await signIn(page, server, "/vms/test");
    const chart = page.getByRole("application", { name: "CPU" });
    await tile(page, "CPU").locator(".num:not(.num-idle)").first().waitFor();
    await chart.focus();
    await page.keyboard.press("Shift+ArrowLeft");
    const note = await tile(page, "CPU").locator(".tile-note").innerText();
    const [, time] = /^(\d\d:\d\d:\d\d) UTC$/.exec(note) ?? assert.fail(note);
    const today = new Date().toISOString().slice(0, 10);
    const age = (Date.now() - Date.parse(`${today}T${time}Z`) + 86_400_000) % 86_400_000;
    assert.ok(age < 300_000, `${note} is ${age} ms ago`);
  },
});

Deno.test({
  name: "a VM page with charts and no terminal is at most 110 kB over the wire",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    const devtools = await page.context().newCDPSession(page);
    let bytes = 0;
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => bytes += encodedDataLength);
    await devtools.send("Network.enable");
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
    await page.goto(`${server.url}/vms/test`, { waitUntil: "networkidle" });
    await tile(page, "CPU").locator("canvas").waitFor();
    assert.ok(bytes > 20_000 && bytes <= 110_000, `${bytes} bytes`);
  },
});

/** Where so much of the first chart's width is. */
async function place(page: Page, share: number): Promise<[x: number, y: number]> {
  const box = await tile(page, "CPU").locator(".u-over").boundingBox();
  assert.ok(box);
  return [box.x + box.width * share, box.y + box.height / 2];
}

async function hover(page: Page, share: number): Promise<void> {
  await page.mouse.move(...await place(page, share - 0.05));
  await page.mouse.move(...await place(page, share));
}

async function drag(page: Page, from: number, to: number): Promise<void> {
  await page.mouse.move(...await place(page, from));
  await page.mouse.down();
  await page.mouse.move(...await place(page, to), { steps: 8 });
  await page.mouse.up();
}

/** A stretch as a chart writes it, in whole seconds. */
function assertLong(stretch: string, wanted: number): void {
  const [from = NaN, to = NaN] = stretch.replace(" UTC", "").split(" to ")
    .map((time) => Date.parse(`1970-01-01T${time}Z`) / 1000);
  const long = (to - from + 86_400) % 86_400;
  assert.ok(Math.abs(long - wanted) <= 1, `${stretch} is ${long} s long`);
}

/** Fingers on the first chart, which go from some shares of its width to others. */
async function touch(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  const points = async (shares: number[]) =>
    await Promise.all(shares.map(async (share) => {
      const [x, y] = await place(page, share);
      return { x, y };
    }));
  const send = async (type: "touchStart" | "touchMove" | "touchEnd", shares: number[]) =>
    await devtools.send("Input.dispatchTouchEvent", { type, touchPoints: await points(shares) });
  const go = async (from: number[], to: number[]) => {
    await send("touchStart", from);
    for (const done of [0.25, 0.5, 0.75, 1]) {
      await send("touchMove", from.map((share, n) => share + (to[n]! - share) * done));
    }
    await send("touchEnd", []);
  };
  return Object.assign(go, { [Symbol.asyncDispose]: () => devtools.detach() });
}

/** Stops the QEMU of this guest until disposed of. */
async function stopQEMU(name: string): Promise<AsyncDisposable> {
  const pid = Number(await Deno.readTextFile(`/run/libvirt/qemu/${name}.pid`));
  Deno.kill(pid, "SIGSTOP");
  return {
    [Symbol.asyncDispose]: () => {
      Deno.kill(pid, "SIGCONT");
      return Promise.resolve();
    },
  };
}
