import { demandAccessibleInAll } from "@/tests/harness/accessible.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { virsh } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";

const problem = Browser.problem ?? await PrivateLibvirtd.problem();
if (problem) console.log(`skipped: a page while libvirtd dies: ${problem}`);

Deno.test({
  name: "a page says that libvirtd died, and shows the truth again by itself",
  ignore: problem !== null,
  async fn() {
    const name = "vg-browser-banner";
    await using libvirtd = await PrivateLibvirtd.start();
    await using _guest = await startGuest(libvirtd.uri, { name, boot: false });
    await using server = await Server.start({ connect: libvirtd.uri });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    await page.locator('[data-link="live"]').waitFor();

    const banner = page.locator('[data-banner="libvirt"]');
    await libvirtd.kill();
    await banner.waitFor();
    await page.locator(".toast-bad").getByText("libvirt is lost").waitFor();
    await page.locator(`[data-vm="${name}"] [data-status="running"]`).waitFor();
    await demandAccessibleInAll(page);

    await libvirtd.restart();
    await banner.waitFor({ state: "detached", timeout: 30_000 });
    await page.locator(".toast-good").getByText("libvirt is back").waitFor();
    await virsh(libvirtd.uri, "destroy", name);
    await page.locator(`[data-vm="${name}"] [data-status="stopped"]`).waitFor();
  },
});

Deno.test({
  name: "a page whose socket was away when libvirt was lost says so when it is back",
  ignore: problem !== null,
  async fn() {
    await using libvirtd = await PrivateLibvirtd.start();
    await using server = await Server.start({ connect: libvirtd.uri });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    const lost = Promise.withResolvers<void>();
    await page.routeWebSocket(/\/ws\/events/, async (socket) => {
      await lost.promise;
      socket.connectToServer();
    });
    await page.goto(server.url);
    await libvirtd.kill();
    await eventually(async () => !(await server.fetch("/readyz")).ok, {
      for: "libvirt to be lost",
    });
    lost.resolve();
    await page.locator(".toast-bad").getByText("libvirt is lost").waitFor();
  },
});
