import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { inBareRoot, makeBareRoot } from "@/tests/harness/bare_root.ts";
import { executable, executableProblem } from "@/tests/harness/executable.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { virsh } from "@/tests/harness/virsh.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const problem = executableProblem() ?? Browser.problem ?? await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: the executable in a bare root: ${problem}`);

Deno.test({
  name: "the executable, alone in a bare root, serves a real VM in a browser",
  ignore: problem !== null,
  async fn(t) {
    const program = await executable();
    // The harness reads which program it tests when it is loaded.
    Deno.env.set("VIRTGLASS_BIN", program);
    const { ADMIN, Server } = await import("@/tests/harness/server.ts");
    const { signIn } = await import("@/tests/harness/sign_in.ts");
    using folder = temporaryFolder();
    const root = `${folder.path}/root`;
    const dataDir = `${folder.path}/data`;
    await Deno.mkdir(dataDir);
    await makeBareRoot(root, program);
    const name = "vg-bare-root";
    await using libvirtd = await PrivateLibvirtd.start();
    await using _guest = await startGuest(libvirtd.uri, { name });
    const socket = new URL(libvirtd.uri).searchParams.get("socket")!;
    await using server = await Server.start({
      connect: "qemu:///system",
      starter: inBareRoot(root, dataDir, socket),
      dataDir,
      admin: false,
    });
    await using browser = await Browser.start();
    await using page = await browser.page();
    const row = page.locator(`[data-vm="${name}"]`);

    await t.step("the first admin is made with the code in the data folder", async () => {
      await page.goto(`${server.url}/`);
      const code = await Deno.readTextFile(`${dataDir}/setup.code`);
      await page.locator("[name=code]").fill(code.trim());
      await page.locator("[name=password]").fill(ADMIN.password);
      await page.getByRole("button", { name: "Make the admin" }).click();
      await page.waitForURL(`${server.url}/`);
      await row.locator('[data-status="running"]').waitFor();
    });

    await t.step("signing out and in again", async () => {
      await browser.forget();
      await signIn(page, server);
    });

    await t.step("what happens to the VM shows by itself", async () => {
      await page.locator('[data-link="live"]').waitFor();
      await virsh(libvirtd.uri, "suspend", name);
      await row.locator('[data-status="paused"]').waitFor();
      await virsh(libvirtd.uri, "resume", name);
      await row.locator('[data-status="running"]').waitFor();
    });

    await t.step("what is typed into its console comes back", async () => {
      await row.getByRole("link", { name }).click();
      const terminal = page.locator(".console-box");
      await terminal.locator(".xterm-rows").waitFor();
      await page.locator('[data-console="open"]').waitFor();
      await terminal.click();
      await page.keyboard.type("\necho $((6*7))\n");
      await terminal.locator(".xterm-rows > div").filter({ hasText: /^42\s*$/ }).waitFor();
    });

    await t.step("it ends within 5 s", async () => {
      // A page that is left alone calls again and again, and says so in the browser's console.
      await page.close();
      const { code, took } = await server.stop();
      assert.deepEqual([code, took < 5_000], [0, true], `${took} ms`);
    });
  },
});
