import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const problem = Browser.problem ?? await hypervisorProblem();
if (problem) console.log(`skipped: pages of a guest that changes: ${problem}`);

Deno.test({
  name: "pages of a guest that changes",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-part-guest";
    using folder = temporaryFolder();
    const disk = `${folder.path}/more.img`;
    await Deno.writeFile(disk, new Uint8Array(1 << 20));
    await Deno.chmod(folder.path, 0o755);
    await Deno.chmod(disk, 0o666);
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using browser = await Browser.start();
    await using hardware = await browser.page();
    await signIn(hardware, server, `/vms/${name}/hardware`);
    await using xml = await browser.page();
    await xml.goto(`${server.url}/vms/${name}/xml`);
    const pages = [hardware, xml];
    for (const page of pages) {
      await page.locator('[data-link="live"]').waitFor();
      await page.evaluate(() => document.body.dataset.mark = "same document");
    }

    await t.step("a disk that is attached appears in place, and the focus stays", async () => {
      await xml.locator("#xml").focus();
      await virsh(SYSTEM, "attach-disk", name, disk, "vdx", "--subdriver", "raw", "--live");
      await hardware.getByRole("heading", { name: "vdx" }).waitFor();
      await hardware.getByText(disk).waitFor();
      await xml.locator("#xml").getByText(disk).waitFor();
      assert.equal(await xml.evaluate(() => document.activeElement?.id), "xml");
    });

    await t.step("what it is told of a VM that is off stands there once it is off", async () => {
      await virsh(SYSTEM, "destroy", name);
      await hardware.getByRole("heading", { name: "vdx" }).waitFor({ state: "detached" });
      await xml.locator("#xml").getByText(disk).waitFor({ state: "detached" });
    });

    for (const page of pages) {
      assert.equal(await page.evaluate(() => document.body.dataset.mark), "same document");
    }
  },
});
