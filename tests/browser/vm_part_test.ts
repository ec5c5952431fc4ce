import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { LossyLine } from "@/tests/harness/lossy_line.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

const problem = Browser.problem ?? await hypervisorProblem();
if (problem) console.log(`skipped: pages of a guest that changes: ${problem}`);

Deno.test({
  name: "pages of a guest that changes",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-part-guest";
    using folder = temporaryFolder();
    const [disk, early, other] = ["more", "early", "other"]
      .map((file) => `${folder.path}/${file}.img`) as [string, string, string];
    await Deno.chmod(folder.path, 0o755);
    for (const file of [disk, early, other]) {
      await Deno.writeFile(file, new Uint8Array(1 << 20));
      await Deno.chmod(file, 0o666);
    }
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    await using line = new LossyLine(server.url);
    await using browser = await Browser.start();
    await using hardware = await browser.page();
    await signIn(hardware, line, `/vms/${name}/hardware`);
    await using xml = await browser.page();
    await xml.goto(`${line.url}/vms/${name}/xml`);
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

    await t.step("what happened before the page came to life is there too", async () => {
      await using page = await browser.page();
      const attached = Promise.withResolvers<void>();
      await page.route("**/assets/*.js", async (route) => {
        await attached.promise;
        await route.continue();
      });
      await page.goto(`${line.url}/vms/${name}/hardware`, { waitUntil: "commit" });
      await page.getByRole("heading", { name: "vdx" }).waitFor();
      await virsh(SYSTEM, "attach-disk", name, early, "vdw", "--subdriver", "raw", "--live");
      await eventually(
        async () => JSON.stringify(await server.json(`/api/v1/vms/${name}`)).includes("vdw"),
        { for: "the server to know of the disk" },
      );
      assert.equal(await page.getByRole("heading", { name: "vdw" }).count(), 0);
      attached.resolve();
      await page.getByRole("heading", { name: "vdw" }).waitFor();
    });

    await t.step("what has not changed is not touched", async () => {
      const first = hardware.locator("#hardware > *").first();
      const before = await first.elementHandle();
      const drawn = hardware.waitForResponse((answer) => answer.url().endsWith("/hardware"));
      await virsh(SYSTEM, "suspend", name);
      await (await drawn).finished();
      await hardware.locator('header [data-status="paused"]').waitFor();
      const last = hardware.waitForResponse((answer) => answer.url().endsWith("/hardware"));
      await virsh(SYSTEM, "resume", name);
      await (await last).finished();
      await hardware.locator('header [data-status="running"]').waitFor();
      assert.ok(await first.evaluate((now, before) => now === before, before));
    });

    await t.step(
      "what happened while the connection was lost is there when it is back",
      async () => {
        await hardware.context().setOffline(true);
        line.cut();
        for (const page of pages) {
          await page.locator('[data-link="live"]').waitFor({ state: "detached" });
        }
        await virsh(SYSTEM, "attach-disk", name, other, "vdy", "--subdriver", "raw", "--live");
        await hardware.context().setOffline(false);
        await hardware.getByRole("heading", { name: "vdy" }).waitFor();
        await xml.locator("#xml").getByText(other).waitFor();
        const offline = browser.errors.splice(0);
        assert.deepEqual(
          offline.filter((error) => !error.includes("ERR_INTERNET_DISCONNECTED")),
          [],
        );
      },
    );

    await t.step("what a VM that is off is made of stands there once it is off", async () => {
      await virsh(SYSTEM, "destroy", name);
      await hardware.getByRole("heading", { name: "vdx" }).waitFor({ state: "detached" });
      await xml.locator("#xml").getByText(disk).waitFor({ state: "detached" });
    });

    for (const page of pages) {
      assert.equal(await page.evaluate(() => document.body.dataset.mark), "same document");
    }
  },
});

const daemonProblem = Browser.problem ?? await PrivateLibvirtd.problem();
if (daemonProblem) console.log(`skipped: a page while libvirtd is away: ${daemonProblem}`);

Deno.test({
  name: "a page of a guest that changes while libvirtd is away",
  ignore: daemonProblem !== null,
  async fn() {
    const name = "vg-part-away";
    using folder = temporaryFolder();
    const disk = `${folder.path}/more.img`;
    await Deno.chmod(folder.path, 0o755);
    await Deno.writeFile(disk, new Uint8Array(1 << 20));
    await Deno.chmod(disk, 0o666);
    await using libvirtd = await PrivateLibvirtd.start();
    await using _guest = await startGuest(libvirtd.uri, { name, boot: false });
    await using server = await Server.start({ connect: libvirtd.uri });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server, `/vms/${name}/hardware`);
    await page.locator('[data-link="live"]').waitFor();
    await libvirtd.kill();
    await page.locator('[data-banner="libvirt"]').waitFor();
    // The server sleeps until the guest has changed: nobody tells it afterwards.
    Deno.kill(server.pid, "SIGSTOP");
    try {
      await libvirtd.restart();
      await virsh(libvirtd.uri, "attach-disk", name, disk, "vdx", "--subdriver", "raw", "--live");
    } finally {
      Deno.kill(server.pid, "SIGCONT");
    }
    await page.getByRole("heading", { name: "vdx" }).waitFor({ timeout: 30_000 });
    browser.errors.splice(0); // a drawing that libvirt could not answer
  },
});
