import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { virsh } from "@/tests/harness/virsh.ts";

const problem = Browser.problem ?? await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: the page of a VM in a browser: ${problem}`);

Deno.test({
  name: "the page of a VM follows it, and the look of the pages",
  ignore: problem !== null,
  async fn(t) {
    await using libvirtd = await PrivateLibvirtd.start();
    // libvirt's test driver within a libvirtd, where all connections share the same VMs.
    const uri = libvirtd.uri.replace("qemu+unix:///system", "test+unix:///default");
    await using server = await Server.start({ connect: uri });
    await virsh(uri, "destroy", "test");
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server, "/vms/test");
    await page.locator('[data-link="live"]').waitFor();

    await t.step("the address of a guest that is started comes by itself", async () => {
      const address = page.locator(".facts code").filter({ hasText: /^192\.168\.122\.\d+\/24$/ });
      assert.equal(await address.count(), 0);
      await page.getByRole("button", { name: "Start" }).click();
      await address.waitFor();
    });

    await t.step("a screen reader says whose state it is now, and no seconds", async () => {
      const state = page.locator(".vm-state").getByRole("status");
      const known = await state.elementHandle();
      for (const [action, words] of [["suspend", "Paused"], ["resume", "Running"]] as const) {
        await virsh(uri, action, "test");
        await page.waitForFunction(
          ([element, said]) => element?.isConnected && element.textContent === said,
          [known, `test: ${words}`] as const,
        );
      }
    });

    await t.step("charts are drawn anew in the colours that one chooses", async () => {
      const canvas = page.locator('[data-chart^="CPU"] canvas');
      const drawn = async () => {
        await canvas.waitFor();
        return (await canvas.evaluateHandle((element) => element)).asElement()!;
      };
      for (const theme of ["Dark", "Light", "High contrast"]) {
        const before = await drawn();
        await page.getByRole("button", { name: "menu" }).click();
        const kept = page.waitForResponse(/\/look/);
        await page.getByLabel(theme).check();
        await kept;
        await page.waitForFunction((element) => !element.isConnected, before);
        await page.keyboard.press("Escape");
      }
      await drawn();
    });
  },
});
