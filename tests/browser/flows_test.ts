import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { type Hand, keyboard, mouse, reach } from "@/tests/harness/hands.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { hasFocus } from "@/tests/harness/page.ts";

const problem = Browser.problem ?? await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: each flow by mouse and by keyboard: ${problem}`);

const [WEB, DB] = ["vg-flow-web", "vg-flow-db"];

Deno.test({
  name: "each flow by mouse and by keyboard",
  ignore: problem !== null,
  async fn(t) {
    await using libvirtd = await PrivateLibvirtd.start();
    const { uri } = libvirtd;
    const [web, db] = [
      startGuest(uri, { name: WEB, network: "user" }),
      startGuest(uri, {
        name: DB,
        network: "user",
        boot: false,
      }),
    ];
    await using _web = await web;
    await using _db = await db;
    await using server = await Server.start({ connect: uri });
    await using browser = await Browser.start();
    for (const handOf of [mouse, keyboard]) {
      await using page = await browser.page();
      await flows(t, page, handOf(page), server);
      // A page that is left in the moment of signing out may hear that its socket's session has ended,
      // and ask about its own.
      const errors = browser.errors.splice(0);
      assert.deepEqual(errors.filter((error) => !/ 401 .*\/api\/v1\/host\)$/.test(error)), []);
    }
  },
});

/** All that a person does of an evening, from signing in to signing out. */
async function flows(t: Deno.TestContext, page: Page, hand: Hand, { url }: Server): Promise<void> {
  /** Each goes on where the last one has got. */
  const step = async (name: string, fn: () => Promise<void>) => {
    assert.ok(await t.step(`by ${hand.name}: ${name}`, fn), `${name} failed`);
  };
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  const status = (wanted: string) => page.locator(`header [data-status="${wanted}"]`).waitFor();
  const live = () => page.locator('[data-link="live"]').waitFor();
  const row = (vm: string) => page.locator(`[data-vm="${vm}"]`);
  const done = () => page.locator('.vm-power [data-outcome="done"]').waitFor();
  const home = async () => {
    await hand.press(page.locator("a.home"));
    await page.waitForURL(`${url}/`);
    await live();
  };

  await step("sign in", async () => {
    await page.goto(url);
    await hand.write(page.getByLabel("Name"), ADMIN.username);
    await hand.write(page.getByLabel("Password"), ADMIN.password);
    await hand.press(button("Sign in"));
    await page.waitForURL(`${url}/`);
    await live();
  });

  await step("find a VM and open it", async () => {
    await hand.write(page.getByRole("searchbox"), "flow-w");
    await row(DB).waitFor({ state: "detached" });
    await hand.press(row(WEB).getByRole("link"));
    await page.waitForURL(`${url}/vms/${WEB}`);
    await live();
  });

  await step("its charts over another range, and closer", async () => {
    const tile = page.locator('[data-chart="CPU"]');
    const back = button("Back to the last 1 h");
    await tile.locator("canvas").waitFor();
    await hand.press(page.getByRole("link", { name: "1 h", exact: true }));
    assert.equal(new URL(page.url()).search, "?range=1h");
    await (hand.name === "mouse" ? zoomByMouse(page) : zoomByKeyboard(page));
    await hand.press(back);
    await back.waitFor({ state: "detached" });
    await hand.press(page.getByRole("link", { name: "5 min", exact: true }));
  });

  await step("suspend and resume", async () => {
    await hand.press(button("Suspend"));
    await status("paused");
    await done();
    await hand.press(button("Resume"));
    await status("running");
    await done();
  });

  await step("type into the console, and leave it", async () => {
    await page.locator('[data-console="open"]').waitFor();
    const input = page.locator(".xterm-helper-textarea");
    const terminal = hand.name === "mouse" ? page.locator(".console-box") : input;
    await hand.write(terminal, `\necho ${hand.name}$((6*7))\n`);
    const answer = new RegExp(`^${hand.name}42\\s*$`);
    await page.locator(".xterm-rows > div").filter({ hasText: answer }).first().waitFor();
    if (hand.name === "mouse") await page.getByRole("heading", { name: WEB }).click();
    else await page.keyboard.press("Shift+Escape");
    await page.waitForFunction(() => !document.activeElement?.closest(".console-box"));
  });

  await step("history: who did what", async () => {
    await hand.press(page.locator(".tabs").getByText("History"));
    await page.waitForURL(`${url}/vms/${WEB}/history`);
    const line = page.locator('[data-kind="command"]').filter({ hasText: "Suspend" }).first();
    await line.getByText(`by ${ADMIN.username}`).waitFor();
  });

  await step("power off with its confirmation, and start", async () => {
    await home();
    await hand.press(row(DB).getByRole("link"));
    await page.waitForURL(`${url}/vms/${DB}`);
    await live();
    const dialog = page.getByRole("dialog");
    await hand.press(button("Power off…"));
    await hand.press(dialog.getByRole("button", { name: "Cancel" }));
    await dialog.waitFor({ state: "detached" });
    await status("running");
    await hand.press(button("Power off…"));
    await hand.press(dialog.getByRole("button", { name: "Power off" }));
    await status("stopped");
    await hand.press(button("Start"));
    await status("running");
    await done();
  });

  await step("several VMs with one confirmation", async () => {
    await home();
    for (const name of [WEB, DB]) await hand.choose(row(name).locator(".pick input"));
    await page.getByText("2 selected").waitFor();
    await hand.press(button("Suspend…"));
    const dialog = page.getByRole("dialog");
    const asked = dialog.locator(".target-name");
    await asked.nth(1).waitFor();
    assert.deepEqual((await asked.allTextContents()).sort(), [DB, WEB].sort());
    await hand.press(dialog.getByRole("button", { name: "Suspend" }));
    await dialog.locator('[data-outcome="done"]').nth(1).waitFor();
    const close = dialog.getByRole("button", { name: "Close" });
    if (hand.name === "keyboard") await hasFocus(close);
    await hand.press(close);
    await dialog.waitFor({ state: "detached" });
    if (hand.name === "keyboard") await hasFocus(page.locator("[data-pick-all]"));
    for (const name of [WEB, DB]) await row(name).locator('[data-status="paused"]').waitFor();
  });

  await step("the palette resumes them", async () => {
    for (const name of [WEB, DB]) {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").waitFor();
      await page.keyboard.type(`resume ${name}`);
      const option = page.getByRole("option", { name: `Resume ${name}` });
      await option.waitFor();
      if (hand.name === "mouse") await option.click();
      else await page.keyboard.press("Enter");
      await row(name).locator('[data-status="running"]').waitFor();
    }
  });

  await step("activity", async () => {
    await hand.press(page.locator(".bar-links").getByRole("link", { name: "Activity" }));
    await page.waitForURL(`${url}/activity`);
    const lines = page.locator('[data-kind="command"][data-tone="good"]');
    await lines.filter({ hasText: DB }).filter({ hasText: "Resume" }).first().waitFor();
  });

  await step("another look", async () => {
    await live();
    for (const [name, theme, density] of LOOKS) {
      await hand.press(page.getByRole("button", { name: "menu" }));
      for (const label of name) {
        const kept = page.waitForResponse(/\/look/);
        await hand.choose(page.getByLabel(label));
        await kept;
      }
      await page.waitForFunction(
        ([theme, density]) => {
          const { dataset } = document.documentElement;
          return (dataset.theme ?? "system") === theme && (dataset.density ?? "roomy") === density;
        },
        [theme, density] as const,
      );
      await page.keyboard.press("Escape");
    }
  });

  await step("sign out", async () => {
    await hand.press(page.getByRole("button", { name: "menu" }));
    await hand.press(button("Sign out"));
    await page.waitForURL(/\/login/);
    await page.goto(`${url}/`);
    await page.getByLabel("Password").waitFor();
  });
}

const LOOKS = [
  [["Dark", "Dense"], "dark", "dense"],
  [["As the system", "Roomy"], "system", "roomy"],
] as const;

const note = (page: Page) => page.locator('[data-chart="CPU"] .tile-note');

/** Draws over a part of a chart. */
async function zoomByMouse(page: Page): Promise<void> {
  const box = await page.locator('[data-chart="CPU"] .u-over').boundingBox();
  assert.ok(box);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 5 });
  await page.mouse.up();
  await note(page).filter({ hasText: " to " }).or(note(page)).first().waitFor();
}

/** Every key of a chart. */
async function zoomByKeyboard(page: Page): Promise<void> {
  const chart = page.getByRole("application", { name: "CPU" });
  await reach(page, chart);
  const told = () => note(page).innerText();
  const becomesOther = (before: string) =>
    page.waitForFunction(
      (before) => document.querySelector('[data-chart="CPU"] .tile-note')?.textContent !== before,
      before,
    );
  await page.keyboard.press("Shift+ArrowLeft");
  await note(page).filter({ hasText: /^\d\d:\d\d/ }).waitFor();
  await page.keyboard.press("+");
  for (const key of ["ArrowLeft", "ArrowRight", "+", "-"]) {
    await page.keyboard.press("Shift+Tab"); // takes the crosshair, and its note, away
    await page.keyboard.press("Tab");
    const before = await told();
    assert.match(before, / to /);
    await page.keyboard.press(key);
    await becomesOther(before);
  }
  await page.keyboard.press("Escape");
  await note(page).waitFor({ state: "detached" });
  await page.keyboard.press("+");
  await note(page).filter({ hasText: " to " }).waitFor();
}
