import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { demandAccessibleInAll } from "@/tests/harness/accessible.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";

const problem = Browser.problem ?? await hypervisorProblem();
if (problem) console.log(`skipped: a real guest in a real browser: ${problem}`);

Deno.test({
  name: "a real guest in a real browser",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-browser-guest";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using browser = await Browser.start();
    await using page = await browser.page();
    const row = page.locator(`[data-vm="${name}"]`);

    await t.step("sign in, and the host's table has the guest", async () => {
      await signIn(page, server);
      assert.equal(await status(row), "running");
      await page.locator('[data-link="live"]').waitFor();
    });

    await t.step("the numbers move", async () => {
      for (const cell of [".cell-cpu", ".cell-rx", ".cell-write"]) await moves(page, row, cell);
    });

    await t.step("virsh suspend changes the badge without a reload", async () => {
      await page.evaluate(() => document.body.dataset.mark = "same document");
      await virsh(SYSTEM, "suspend", name);
      await row.locator('[data-status="paused"]').waitFor();
      assert.equal(await page.evaluate(() => document.body.dataset.mark), "same document");
    });

    await t.step("the button Resume resumes it", async () => {
      await row.getByRole("link", { name }).click();
      await page.waitForURL(`${server.url}/vms/${name}`);
      await page.getByRole("button", { name: "Resume" }).click();
      await page.locator('header [data-status="running"]').waitFor();
      await page.locator('[data-outcome="done"]').waitFor();
      assert.equal(await virsh(SYSTEM, "domstate", name), "running");
    });

    await t.step("the charts are drawn and have numbers", async () => {
      for (const chart of ["CPU", "Memory", "Network", "Disk vda"]) {
        const tile = page.locator(`[data-chart^="${chart}"]`);
        await tile.locator("canvas").waitFor();
        assert.match(await tile.locator(".tile-values").innerText(), /\d/, chart);
      }
    });

    await t.step(
      "what is typed into the terminal reaches the guest, and 42 comes back",
      async () => {
        const terminal = page.locator(".console-box");
        await terminal.locator(".xterm-rows").waitFor();
        await page.locator('[data-console="open"]').waitFor();
        await terminal.click();
        await page.keyboard.press("Enter");
        await terminal.getByText(/# $/).first().waitFor();
        await page.keyboard.type("echo $((6*7))\n");
        await terminal.locator(".xterm-rows > div").filter({ hasText: /^42\s*$/ }).waitFor();
      },
    );

    await t.step("a reload shows the same terminal again", async () => {
      await page.reload();
      await page.locator(".xterm-rows > div").filter({ hasText: /^42\s*$/ }).waitFor();
    });

    await t.step("the button Shut down stops it, and Start starts it", async () => {
      await page.getByRole("button", { name: "Shut down" }).click();
      await page.locator('header [data-status="stopped"]').waitFor({ timeout: 60_000 });
      assert.equal(await virsh(SYSTEM, "domstate", name), "shut off");
      await page.getByRole("button", { name: "Start" }).click();
      await page.locator('header [data-status="running"]').waitFor({ timeout: 30_000 });
    });

    await t.step("Power off asks first, then does", async () => {
      await page.getByRole("button", { name: "Power off" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      assert.equal(await virsh(SYSTEM, "domstate", name), "running");
      await page.getByRole("button", { name: "Power off" }).click();
      await dialog.getByRole("button", { name: "Power off" }).click();
      await page.locator('header [data-status="stopped"]').waitFor();
    });

    await t.step("a VM that is undefined says so", async () => {
      await virsh(SYSTEM, "undefine", name);
      await page.getByText("This VM is gone").waitFor();
      await demandAccessibleInAll(page);
    });
  },
});

type Locator = ReturnType<Page["locator"]>;

const status = (place: Locator) => place.locator("[data-status]").getAttribute("data-status");

/** Waits until the text of the cell becomes another one. */
async function moves(page: Page, row: Locator, cell: string): Promise<void> {
  const element = await row.locator(cell).elementHandle();
  const before = await row.locator(cell).innerText();
  await page.waitForFunction(
    ([element, before]) => (element as HTMLElement).innerText !== before,
    [element, before] as const,
    { timeout: 30_000 },
  );
}
