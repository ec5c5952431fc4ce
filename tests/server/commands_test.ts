import assert from "node:assert/strict";
import { Command, CommandsGiven, Problem } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { Server } from "@/tests/harness/server.ts";
import { eventually } from "@/tests/harness/wait.ts";

const connect = "test:///default";

Deno.test("commands over REST", async (t) => {
  await using server = await Server.start({ connect, args: ["--limits-commands", "6"] });

  await t.step("POST begins one, answers 202 with where to look, and it runs on", async () => {
    const response = await give(server, { action: "suspend", requestId: "a/b ü" });
    assert.equal(response.status, 202);
    const location = response.headers.get("location")!;
    assert.equal(location, "/api/v1/commands/a%2Fb%20%C3%BC");
    const { createdAt: _, endedAt: __, ...command } = Command.parse(await response.json());
    assert.deepEqual({ ...command, success: null, message: null, uuid: "" }, {
      requestId: "a/b ü",
      user: "admin",
      vm: "test",
      uuid: "",
      action: "suspend",
      force: false,
      success: null,
      message: null,
    });
    const ended = await outcome(server, location);
    assert.deepEqual([ended.success, ended.message], [true, 'VM "test" suspended']);
  });

  await t.step("POST again with its request id is answered with the first one", async () => {
    const response = await give(server, { action: "stop", force: true, requestId: "a/b ü" });
    assert.equal(response.status, 202);
    const { action, success } = Command.parse(await response.json());
    assert.deepEqual([action, success], ["suspend", true]);
    assert.equal((await server.json("/api/v1/vms/test") as { status: string }).status, "paused");
  });

  await t.step("POST makes a request id when there is none; what fails says why", async () => {
    const response = await give(server, { action: "suspend" });
    const { requestId } = Command.parse(await response.json());
    assert.match(requestId, /^[0-9a-f-]{36}$/);
    const ended = await outcome(server, `/api/v1/commands/${requestId}`);
    assert.deepEqual(
      [ended.success, ended.message],
      [false, 'Cannot suspend VM "test": it is not running'],
    );
  });

  await t.step("lists the newest first, of all VMs and of one, and page by page", async () => {
    await outcome(server, (await give(server, { action: "resume" })).headers.get("location")!);
    const list = async (path: string) => z.array(Command).parse(await server.json(path));
    const all = await list("/api/v1/commands");
    assert.deepEqual(all.map(({ action }) => action), ["resume", "suspend", "suspend"]);
    assert.deepEqual(await list("/api/v1/vms/test/commands"), all);
    assert.deepEqual(await list("/api/v1/commands?limit=1"), all.slice(0, 1));
    const older = `before=${encodeURIComponent(all[0]!.createdAt)}`;
    assert.deepEqual(await list(`/api/v1/vms/test/commands?${older}&limit=1`), all.slice(1, 2));
  });

  for (
    const [what, path, body, status, code] of [
      ["an action that there is not", "test", { action: "explode" }, 400, "INVALID_MESSAGE"],
      ["a field too many", "test", { action: "stop", vm: "x" }, 400, "INVALID_MESSAGE"],
      ["an unknown VM", "nothing", { action: "stop" }, 404, "VM_NOT_FOUND"],
    ] as const
  ) {
    await t.step(`POST refuses ${what} with ${status}`, async () => {
      assert.deepEqual(await problem(await give(server, body, { vm: path })), [status, code]);
    });
  }

  for (
    const [path, status, code] of [
      ["/api/v1/commands?limit=0", 400, "INVALID_MESSAGE"],
      ["/api/v1/commands?limit=1001", 400, "INVALID_MESSAGE"],
      ["/api/v1/commands?limit=ten", 400, "INVALID_MESSAGE"],
      ["/api/v1/commands?before=yesterday", 400, "INVALID_MESSAGE"],
      ["/api/v1/commands/unknown", 404, "NOT_FOUND"],
      ["/api/v1/vms/nothing/commands", 404, "VM_NOT_FOUND"],
    ] as const
  ) {
    await t.step(`GET ${path} is ${status} ${code}`, async () => {
      assert.deepEqual(await problem(await server.fetch(path)), [status, code]);
    });
  }

  await t.step("a viewer reads what was done, does nothing, and finds his own alone", async () => {
    const token = await server.user("looker", "viewer");
    const response = await server.fetch("/api/v1/vms/test/commands", { token });
    assert.equal(z.array(Command).parse(await response.json()).length, 3);
    const refused = await give(server, { action: "stop" }, { token });
    assert.deepEqual(await problem(refused), [403, "FORBIDDEN"]);
    const foreign = await server.fetch("/api/v1/commands/a%2Fb%20%C3%BC", { token });
    assert.deepEqual(await problem(foreign), [404, "NOT_FOUND"]);
  });

  await t.step("more than a minute allows is 429, for REST and for the page's form", async () => {
    for (let n = 0; n < 3; n++) {
      await outcome(server, (await give(server, { action: "resume" })).headers.get("location")!);
    }
    assert.deepEqual(await problem(await give(server, { action: "resume" })), [
      429,
      "RATE_LIMITED",
    ]);
    const form = await server.fetch("/vms/test", {
      method: "POST",
      body: new URLSearchParams({ choice: "resume" }),
    });
    assert.equal(form.status, 429);
    assert.match(await form.text(), /has given 6 commands within a minute/);
  });
});

Deno.test("the same command to several VMs over REST, and by the host page's form", async (t) => {
  await using server = await Server.start({ connect });
  const { uuid } = await server.json("/api/v1/vms/test") as { uuid: string };
  const give = (body: unknown) =>
    server.fetch("/api/v1/commands", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  await t.step("POST begins one to each VM, and says which could not be", async () => {
    const response = await give({ action: "suspend", requestId: "a", vms: ["test", "gone"] });
    assert.equal(response.status, 202);
    const { commands, refused } = CommandsGiven.parse(await response.json());
    assert.deepEqual(commands.map((command) => command.requestId), [`a:${uuid}`]);
    assert.deepEqual(refused.map(({ vm, code }) => [vm, code]), [["gone", "VM_NOT_FOUND"]]);
    assert.equal((await outcome(server, `/api/v1/commands/a:${uuid}`)).success, true);
  });

  for (
    const [what, body] of [
      ["no VM", { action: "stop", vms: [] }],
      ["more than 1000 VMs", { action: "stop", vms: Array(1001).fill("test") }],
      ["a request id that is too long", {
        action: "stop",
        requestId: "a".repeat(65),
        vms: ["test"],
      }],
    ] as const
  ) {
    await t.step(`POST refuses ${what}`, async () => {
      assert.deepEqual(await problem(await give(body)), [400, "INVALID_MESSAGE"]);
    });
  }

  await t.step("the form leads to Activity, or says which VMs were left out", async () => {
    const choose = (...vms: string[]) =>
      server.fetch("/", {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams([["choice", "resume"], ...vms.map((vm) => ["vm", vm])]),
      });
    const all = await choose(uuid);
    await all.body?.cancel();
    assert.deepEqual([all.status, all.headers.get("location")], [303, "/activity"]);
    const some = await choose(uuid, "web1");
    assert.equal(some.status, 409);
    const page = await some.text();
    assert.match(page, /<dialog[^>]* open/);
    assert.match(page, /There is no VM &quot;web1&quot;\./);
    assert.match(page, /data-outcome="pending"/);
  });
});

Deno.test("a command that waited when the server was killed is shown as interrupted", async () => {
  await using killed = await Server.start({ connect });
  const socket = await killed.socket("/ws/vms/test");
  // The test driver's guest never reacts to being asked to reboot.
  socket.send("command", { action: "restart", requestId: "waits" });
  await socket.next("progress", ({ state }) => state === "waiting");
  socket.send("command", { action: "suspend", requestId: "queued" });
  await socket.next("progress", ({ state }) => state === "queued");
  await killed.stop("SIGKILL");

  await using server = await Server.start({ connect, dataDir: killed.dataDir });
  for (const requestId of ["waits", "queued"]) {
    const command = Command.parse(await server.json(`/api/v1/commands/${requestId}`));
    assert.equal(command.success, false);
    assert.match(command.message!, /^Interrupted: virtglass ended while it ran/);
    assert.ok(Date.parse(command.endedAt!) >= Date.parse(command.createdAt));
  }

  // The request id still stands for that command: nothing is executed.
  using again = await server.socket("/ws/vms/test");
  again.send("command", { action: "suspend", requestId: "queued" });
  const { data } = await again.next("response");
  assert.deepEqual([data.success, data.message.split(":")[0]], [false, "Interrupted"]);
  assert.equal((await server.json("/api/v1/vms/test") as { status: string }).status, "running");
});

Deno.test("a request id stands for its command after a restart too", async () => {
  await using first = await Server.start({ connect });
  const command = { action: "suspend", requestId: "once" };
  const done = await outcome(first, (await give(first, command)).headers.get("location")!);
  assert.equal(done.success, true);
  await first.stop();
  await using server = await Server.start({ connect, dataDir: first.dataDir });
  // Libvirt's test driver begins anew with a running guest: it would be suspended again.
  const response = await give(server, command);
  assert.deepEqual(Command.parse(await response.json()), done);
  assert.equal((await server.json("/api/v1/vms/test") as { status: string }).status, "running");
});

async function give(
  server: Server,
  body: unknown,
  { vm = "test", token = server.token }: { vm?: string; token?: string } = {},
): Promise<Response> {
  return await server.fetch(`/api/v1/vms/${vm}/commands`, {
    method: "POST",
    token,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The command at that address once it has ended. */
async function outcome(server: Server, path: string): Promise<Command> {
  return await eventually(async () => {
    const command = Command.parse(await server.json(path));
    return command.endedAt !== null && command;
  }, { for: `the command ${path} to end` });
}

/** Status and code of a problem document. */
async function problem(response: Response): Promise<[number, string]> {
  const { status, code } = Problem.parse(await response.json());
  assert.equal(response.status, status);
  return [status, code];
}
