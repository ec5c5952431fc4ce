import assert from "node:assert/strict";
import { Browser } from "@/tests/harness/browser.ts";
import { LossyLine } from "@/tests/harness/lossy_line.ts";
import { Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";
import { eventually, within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { domainXML, hostFile } from "@/tests/services/test_host.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: the sockets of pages in a browser: ${problem}`);

Deno.test({
  name: "the islands of a page share one socket for each thing that they follow",
  ignore: problem !== null,
  async fn(t) {
    using folder = temporaryFolder();
    const console = "<devices><console type='pty'/></devices>";
    const connect = hostFile(folder.path, domainXML("web1", console), domainXML("mute"));
    await using server = await Server.start({ connect });
    await using browser = await Browser.start();
    await using door = await browser.page();
    await signIn(door, server);
    for (
      const [path, sockets] of [
        ["/", ["/ws/events"]],
        ["/vms/mute", ["/ws/events", "/ws/vms/mute"]],
        ["/vms/web1", ["/ws/events", "/ws/vms/web1", "/ws/vms/web1/console"]],
        ["/vms/web1/console", ["/ws/vms/web1/console"]],
      ] as const
    ) {
      await t.step(path, async () => {
        await using page = await browser.page();
        const opened: string[] = [];
        page.on("websocket", (socket) => opened.push(new URL(socket.url()).pathname));
        await page.goto(`${server.url}${path}`);
        await eventually(() => opened.length >= sockets.length, { for: `sockets of ${path}` });
        // Every island is there then, and has asked for what it follows.
        await page.waitForLoadState("networkidle");
        assert.deepEqual(opened.toSorted(), sockets);
      });
    }
  },
});

Deno.test({
  name: "a command whose connection breaks is shown as it ends",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect: "test:///default" });
    await using line = new LossyLine(server.url);
    await using browser = await Browser.start();
    await using page = await browser.page();
    const live = Promise.withResolvers<void>();
    let broken = false;
    page.on("websocket", (socket) => {
      if (!socket.url().endsWith("/ws/vms/test")) return;
      socket.on("framereceived", () => live.resolve());
      socket.on("framesent", ({ payload }) => {
        if (broken || !/"command"/.test(String(payload))) return;
        broken = true;
        line.cut();
      });
    });
    await signIn(page, line, "/vms/test");
    await within(15_000, "the VM's socket", live.promise);
    await page.getByRole("button", { name: "Suspend" }).click();
    await page.locator('[data-outcome="done"]').waitFor();
    await page.locator('header [data-status="paused"]').waitFor();
    assert.ok(broken, "the command went over the socket");
    const { length } = await server.json("/api/v1/commands") as unknown[];
    assert.equal(length, 1);
  },
});
