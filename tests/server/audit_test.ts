import assert from "node:assert/strict";
import { AuditRecord, Problem } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { ADMIN, PROGRAM, Server, virtglass } from "@/tests/harness/server.ts";
import { SmallDisk } from "@/tests/harness/small_disk.ts";
import { eventually } from "@/tests/harness/wait.ts";

const connect = "test:///default";

async function records(server: Server, query = ""): Promise<AuditRecord[]> {
  return z.array(AuditRecord).parse(await server.json(`/api/v1/audit?limit=1000&${query}`));
}

/** The newest record of this kind, once it is there. */
async function newest(server: Server, kind: string): Promise<AuditRecord> {
  return await eventually(async () => (await records(server, `kind=${kind}`))[0], {
    for: `a record of ${kind}`,
  });
}

const post = (server: Server, path: string, body: unknown, token = server.token) =>
  server.fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    token,
  });

Deno.test("the audit log of a server", async (t) => {
  await using server = await Server.start({ connect });

  await t.step("has the command line, the start, and the sign-in, from the first on", async () => {
    const [added, started, signedIn] = await Promise.all(
      ["user.add", "server.start", "sign_in"].map((kind) => newest(server, kind)),
    );
    assert.deepEqual([added?.kind, added?.user, added?.subject], ["user.add", null, "admin"]);
    assert.equal(typeof added?.detail.osUser, "string");
    assert.deepEqual([started?.kind, started?.user], ["server.start", "(automatic)"]);
    assert.deepEqual(
      [signedIn?.kind, signedIn?.user, signedIn?.address, signedIn?.result],
      ["sign_in", "admin", "127.0.0.1", "ok"],
    );
  });

  await t.step("has a command twice: as it was given, and as it ended", async () => {
    await post(server, "/api/v1/vms/test/commands", { action: "suspend" });
    const ended = await newest(server, "command.ended");
    const given = await newest(server, "command.given");
    assert.deepEqual([given.user, given.address, given.vm?.name], ["admin", "127.0.0.1", "test"]);
    assert.deepEqual(given.detail, { action: "suspend", force: false });
    assert.deepEqual([ended.result, ended.detail.given], ["ok", given.seq]);
    assert.equal(ended.detail.message, 'VM "test" suspended');
    assert.ok(ended.duration !== null && ended.duration >= 0);
    assert.ok(ended.seq > given.seq);
  });

  await t.step("has what failed, and what was refused", async () => {
    await post(server, "/api/v1/vms/test/commands", { action: "suspend" });
    const failed = await eventually(
      async () => (await records(server, "kind=command.ended")).find((one) => one.result !== "ok"),
      { for: "the end of a command that fails" },
    );
    assert.equal(failed.result, "failed");
    const token = await server.user("vera", "viewer");
    await post(server, "/api/v1/vms/test/commands", { action: "resume" }, token);
    const refused = await newest(server, "command.given");
    assert.deepEqual([refused.user, refused.result], ["vera", "refused"]);
    assert.equal(refused.detail.code, "FORBIDDEN");
  });

  await t.step("tells whose sign-in failed, and never what was typed for a name", async () => {
    const typed = "my-secret-password";
    for (const username of ["admin", typed]) {
      const answer = await post(server, "/api/v1/auth/login", { username, password: typed });
      assert.equal(answer.status, 401);
    }
    const failed = (await records(server, "kind=sign_in")).filter(({ result }) => result !== "ok");
    assert.deepEqual(failed.map(({ subject }) => subject), [null, "admin"]);
    assert.ok(!JSON.stringify(await records(server)).includes(typed));
  });

  await t.step("has who ended a session", async () => {
    const { token } = await server.login(ADMIN.username, ADMIN.password);
    await post(server, "/api/v1/auth/logout", {}, token);
    assert.equal((await newest(server, "sign_out")).user, "admin");
  });

  await t.step("is for admins alone", async () => {
    const token = await server.user("otto", "operator");
    for (const path of ["/api/v1/audit", "/api/v1/audit?format=jsonl", "/audit"]) {
      const answer = await server.fetch(path, { token });
      assert.equal(answer.status, 403, path);
      await answer.body?.cancel();
    }
  });

  await t.step("is asked for by user, VM, kind and time, and page by page", async () => {
    const all = await records(server);
    const by = async (query: string, wanted: (record: AuditRecord) => boolean) => {
      const found = await records(server, query);
      assert.ok(found.length > 0, query);
      assert.deepEqual(found, all.filter(wanted), query);
    };
    await by("user=vera", ({ user, subject }) => user === "vera" || subject === "vera");
    await by("vm=test", ({ vm }) => vm?.name === "test");
    const uuid = all.find(({ vm }) => vm)!.vm!.uuid;
    await by(`vm=${uuid}`, ({ vm }) => vm?.name === "test");
    await by(`vm=${uuid.toUpperCase()}`, ({ vm }) => vm?.name === "test");
    await by("kind=user.add&user=", ({ kind }) => kind === "user.add");
    const { time } = all[3]!;
    await by(`since=${time}`, (record) => record.time >= time);
    await by(`until=${time}`, (record) => record.time < time);
    const page = `before=${all[2]?.seq}&limit=2`;
    assert.deepEqual(await server.json(`/api/v1/audit?${page}`), all.slice(3, 5));
    for (const query of ["kind=none", "since=yesterday", "before=x", "limit=0"]) {
      const answer = await server.fetch(`/api/v1/audit?${query}`);
      assert.equal(answer.status, 400, query);
      await answer.body?.cancel();
    }
  });

  await t.step("is exported as JSON lines, the oldest first, and told to be whole", async () => {
    const headers = { accept: "application/jsonl" };
    const answer = await server.fetch("/api/v1/audit", { headers });
    assert.equal(answer.headers.get("content-type"), "application/jsonl");
    assert.match(answer.headers.get("content-disposition") ?? "", /\.jsonl/);
    const lines = (await answer.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(lines.map(({ seq }) => seq), lines.map((_, index) => index + 1));
    assert.equal(lines.at(-1).kind, "audit.export");
    const folder = ["--data-dir", server.dataDir];
    const exported = await virtglass(["audit", "export", ...folder]);
    assert.deepEqual(
      exported.trimEnd().split("\n").slice(0, lines.length).map((line) => JSON.parse(line)),
      lines,
    );
    const said = await virtglass(["audit", "verify", ...folder]);
    assert.match(
      said,
      /^The audit log is whole: \d+ records, 1 to \d+\.\nIts head, .*: \d+:\w+\n$/,
    );
  });
});

/** What the store has allocated already takes some more, and more of what is small. */
async function untilThereIsNoRoom(change: () => Promise<Response>, done: number): Promise<void> {
  for (let made = 0; made < 500; made++) {
    const answer = await change();
    const body = await answer.json();
    if (answer.status === done) continue;
    assert.deepEqual([answer.status, Problem.parse(body).code], [503, "AUDIT_UNAVAILABLE"]);
    return;
  }
  assert.fail("500 changes were recorded on a full disk");
}

const root = Deno.uid() === 0;
if (!root) console.log("skipped: an audit log on a full disk: mounting one needs root");

Deno.test({
  name: "what cannot be recorded is not done, and watching goes on",
  ignore: !root,
  fn: async (t) => {
    await using disk = await SmallDisk.mount(4 * 1024 ** 2);
    const virtglass = (args: string[]) =>
      disk.run([...PROGRAM, ...args, "--data-dir", disk.path], ADMIN.password);
    await virtglass(["user", "add", ADMIN.username, "--role", "admin", "--password-stdin"]);
    await using server = await Server.start({
      connect,
      args: ["--limits-commands", "100000"],
      dataDir: disk.path,
      starter: disk.starter,
    });
    using watcher = await server.socket("/ws/vms/test");
    await watcher.next("status");
    const command = { action: "resume" };

    const reader = await disk.read("virtglass.db");

    await t.step("REST answers 503 with AUDIT_UNAVAILABLE once the disk is full", async () => {
      disk.fill();
      await untilThereIsNoRoom(() => post(server, "/api/v1/vms/test/commands", command), 202);
    });

    await t.step("and so do a socket, a page, and a sign-in", async () => {
      watcher.send("command", { action: "suspend", requestId: "1" });
      const { data } = await watcher.next("error");
      assert.deepEqual([data.code, data.requestId], ["AUDIT_UNAVAILABLE", "1"]);
      const page = await server.fetch("/vms/test", {
        method: "POST",
        body: new URLSearchParams({ choice: "suspend" }),
      });
      assert.equal(page.status, 503);
      assert.match(await page.text(), /Nothing was changed/);
      await untilThereIsNoRoom(() => post(server, "/api/v1/auth/login", ADMIN), 200);
    });

    await t.step("watching goes on, and nothing has changed", async () => {
      await watcher.next("metrics");
      using other = await server.socket("/ws/vms/test");
      assert.equal((await other.next("status")).data.status, "running");
      assert.equal((await server.json("/api/v1/vms/test") as { status: string }).status, "running");
      const commands = await server.json("/api/v1/commands?limit=1000") as { action: string }[];
      assert.ok(commands.every(({ action }) => action === "resume"));
    });

    await t.step("with room again commands run, and the log tells what it lacks", async () => {
      disk.empty();
      await reader[Symbol.asyncDispose]();
      watcher.send("command", { action: "suspend", requestId: "2" });
      assert.equal((await watcher.next("response")).data.success, true);
      await newest(server, "audit.lost");
      const lost = await records(server, "kind=audit.lost");
      const changes = lost.map(({ detail }) => Number(detail.changes));
      assert.ok(changes.reduce((sum, each) => sum + each) >= 4, JSON.stringify(lost));
      assert.match(await virtglass(["audit", "verify"]), /^The audit log is whole/);
    });
  },
});
