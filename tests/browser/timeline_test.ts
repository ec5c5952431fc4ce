import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { KeptEvents } from "@/services/kept_events.ts";
import { Store } from "@/services/store/mod.ts";
import { Browser } from "@/tests/harness/browser.ts";
import { dataDirWithAdmin } from "@/tests/harness/data_dir.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { signIn } from "@/tests/harness/sign_in.ts";

const problem = Browser.problem;
if (problem) console.log(`skipped: an open timeline in a browser: ${problem}`);

const connect = "test:///default";
const TEST = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", vm: "test" };

async function suspend(server: Server): Promise<void> {
  using socket = await server.socket("/ws/vms/test");
  socket.send("command", { action: "suspend", requestId: "one" });
  await socket.next("response");
}

const command = (page: Page, tone: string) =>
  page.locator(`[data-kind="command"][data-tone="${tone}"]`);

Deno.test({
  name: "a timeline tells what happened between its drawing and its script",
  ignore: problem !== null,
  async fn() {
    await using server = await Server.start({ connect });
    await using browser = await Browser.start();
    await using page = await browser.page();
    await signIn(page, server);
    const late = Promise.withResolvers<void>();
    await page.route(/\/Timeline-/, async (route) => {
      await late.promise;
      await route.continue();
    });
    await page.goto(`${server.url}/activity`);
    await page.locator('[data-link="live"]').waitFor();
    await suspend(server);
    assert.equal(await command(page, "good").count(), 0);
    late.resolve();
    await command(page, "good").filter({ hasText: "Suspend" }).waitFor();
  },
});

Deno.test({
  name: "a timeline is whole after a restart of virtglass, or says that it is not",
  ignore: problem !== null,
  async fn(t) {
    const dataDir = await dataDirWithAdmin(ADMIN.username, ADMIN.password);
    let server = await Server.start({ connect, dataDir });
    const { host } = new URL(server.url);
    /** Starts another one at the same address, after something happened that no page was told of. */
    const restart = async (detail: string) => {
      await server.stop();
      await server[Symbol.asyncDispose]();
      happen(dataDir, detail);
      server = await Server.start({ connect, dataDir, listen: host });
    };
    await using browser = await Browser.start();
    const page = await browser.page();
    try {
      await signIn(page, server);
      begin(dataDir);
      await page.goto(`${server.url}/activity`);
      await page.locator('[data-link="live"]').waitFor();
      assert.equal(await command(page, "pending").count(), 1);

      await t.step("what happened meanwhile is there, and nothing goes on for ever", async () => {
        await restart("crashed");
        await page.getByText("crashed").waitFor();
        await command(page, "bad").filter({ hasText: "Interrupted" }).waitFor();
        assert.equal(await command(page, "pending").count(), 0);
        assert.equal(await page.locator(".notice").count(), 0);
      });

      await t.step("where it cannot be had, the page says so", async () => {
        let asked = 0;
        await page.route(/\/activity$/, async (route) => {
          asked++;
          await route.abort();
        });
        await restart("failed");
        await page.getByText("Some of what happened meanwhile is missing here.").waitFor();
        await page.unroute(/\/activity$/);
        assert.equal(asked, 1);
        await page.getByRole("link", { name: "Load the page again" }).click();
        await page.getByText("failed").waitFor();
      });
    } finally {
      // The server was away, and said so in the console.
      browser.errors.length = 0;
      await page[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await Deno.remove(dataDir, { recursive: true });
    }
  },
});

/** Has a command running that nobody sees the end of. */
function begin(dataDir: string): void {
  using store = new Store(dataDir);
  store.run(
    `INSERT INTO commands (request_id, user, vm_uuid, vm_name, action, force, created_at)
     VALUES ('lost', 'admin', ?, ?, 'stop', 0, ?)`,
    TEST.uuid,
    TEST.vm,
    Date.now(),
  );
}

/** Has the VM stop for this reason, as it is kept. */
function happen(dataDir: string, detail: string): void {
  using store = new Store(dataDir);
  using kept = new KeptEvents(store);
  const event = { kind: "lifecycle", vm: TEST.vm, detail: { event: "stopped", detail } };
  kept.add({ event: { seq: Date.now() * 1000, ...event }, time: Date.now(), uuid: TEST.uuid });
}
