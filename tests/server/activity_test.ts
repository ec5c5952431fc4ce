/** The pages of what happened, as they come without a script. */
import assert from "node:assert/strict";
import { KeptEvents } from "@/services/kept_events.ts";
import { Store } from "@/services/store/mod.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { dataDirWithAdmin } from "@/tests/harness/data_dir.ts";

const connect = "test:///default";
const TEST = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", vm: "test" };
const GONE = { uuid: "0c2a8ff3-2b2f-4f8e-9a1e-4a4f6f7f8a91", vm: "gone" };

/** The lines of a page, and where its older ones are. */
async function read(server: Server, path: string): Promise<{ lines: string[]; older?: string }> {
  const answer = await server.fetch(path);
  const html = await answer.text();
  assert.equal(answer.status, 200, html);
  const lines = [...html.matchAll(/<li class="line .*?<\/li>/gs)].map(([line]) =>
    line.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim()
  );
  const older = /<a class="button" href="([^"]+)" rel="next"/.exec(html)?.[1];
  return { lines, ...(older ? { older: older.replaceAll("&amp;", "&") } : {}) };
}

/** The lines of a page and of all older ones. */
async function readAll(server: Server, path: string): Promise<string[]> {
  const { lines, older } = await read(server, path);
  return older ? [...lines, ...await readAll(server, older)] : lines;
}

/** Has virtglass remember reboots of a VM, one a second until a minute ago. */
function remember(dataDir: string, reboots: number, { uuid, vm }: typeof TEST): void {
  using store = new Store(dataDir);
  using kept = new KeptEvents(store);
  for (let n = 0; n < reboots; n++) {
    const time = Date.now() - 60_000 - (reboots - n) * 1000;
    kept.add({ event: { seq: time * 1000, kind: "reboot", vm, detail: {} }, time, uuid });
  }
}

Deno.test("Activity and History", async (t) => {
  const dataDir = await dataDirWithAdmin(ADMIN.username, ADMIN.password);
  remember(dataDir, 430, TEST);
  remember(dataDir, 30, GONE);
  let server = await Server.start({ connect, dataDir });
  try {
    await t.step("lead page by page to everything that is kept", async () => {
      const { lines } = await read(server, "/activity");
      assert.equal(lines.length, 200);
      assert.equal((await readAll(server, "/activity")).length, 460);
      assert.equal((await readAll(server, "/vms/test/history")).length, 430);
    });

    await t.step("tell of a console visit and of a command, also after a restart", async () => {
      {
        using visit = await server.console("test");
        await visit.next("presence");
      }
      const answer = await server.fetch("/api/v1/vms/test/commands", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ action: "suspend" }),
      });
      assert.equal(answer.status, 202, await answer.text());
      await server.stop();
      await server[Symbol.asyncDispose]();
      server = await Server.start({ connect, dataDir });
      const { lines } = await read(server, "/activity?show=console");
      assert.match(lines.at(-1) ?? "", /Came to the console test by admin$/);
      assert.ok(
        (await read(server, "/vms/test/history")).lines.some((line) => /Suspend/.test(line)),
      );
    });

    await t.step("Activity is narrowed to a VM, by name or UUID, and to a user", async () => {
      const all = async (query: string) => await readAll(server, `/activity?${query}`);
      assert.equal((await all("vm=gone")).length, 30);
      assert.deepEqual(await all("vm=gone"), await all(`vm=${GONE.uuid}&user=&show=event`));
      const admin = await all("user=admin");
      assert.ok(admin.some((line) => /^\S+ Command/.test(line)), admin.join("\n"));
      assert.ok(admin.some((line) => /^\S+ Console/.test(line)), admin.join("\n"));
      assert.ok(admin.every((line) => / by admin/.test(line)), admin.join("\n"));
      assert.deepEqual(await all("user=nobody"), []);
      assert.deepEqual(await all("vm=gone&user=admin"), []);
    });

    await t.step("links of a narrowed page keep what it is narrowed to", async () => {
      const { older } = await read(server, "/activity?show=event&vm=test");
      assert.match(older ?? "", /^\/activity\?show=event&vm=test&before=\d{4}-\S+Z$/);
      assert.equal((await server.fetch("/activity?before=yesterday")).status, 400);
    });
  } finally {
    await server[Symbol.asyncDispose]();
    await Deno.remove(dataDir, { recursive: true });
  }
});
