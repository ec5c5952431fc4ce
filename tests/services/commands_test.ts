import assert from "node:assert/strict";
import { Connection } from "@/libvirt/mod.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import type { Action, CommandData, Progress, Role } from "@/protocol/mod.ts";
import { asGlassError, GlassError } from "@/services/errors.ts";
import { Store } from "@/services/store/mod.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "./temporary_folder.ts";
import { ADDRESS, domainXML, hostFile, session, TestHost } from "./test_host.ts";

/** Runs a command on VM "test"; its progress goes to `told`. */
function run(
  host: TestHost,
  command: CommandData,
  { role = "operator", told = [] }: { role?: Role; told?: Progress[] } = {},
) {
  const { commands } = host.services;
  return commands.run(session(role), ADDRESS, "test", command, (progress) => told.push(progress));
}

/** Adds the user of `run`: who is in the store is looked up when a command has waited. */
const addOperator = ({ services }: TestHost) =>
  services.gate.users.add("operator", "operator", "correct horse 42", COMMAND_LINE);

const statusOf = (host: TestHost) => host.services.vms.get(session("viewer"), "test").status;
const history = (host: TestHost) => {
  using store = new Store(host.dataDir);
  return store.all<Record<string, unknown>>("SELECT * FROM commands ORDER BY created_at, rowid")
    .map((row) => ({ ...row }));
};

Deno.test("Commands suspends, resumes, stops and starts a VM, whose state is reached when it answers", async () => {
  await using host = await TestHost.start();
  const steps: [action: Action, force: boolean, status: string, message: string][] = [
    ["suspend", false, "paused", 'VM "test" suspended'],
    ["resume", false, "running", 'VM "test" resumed'],
    ["restart", true, "running", 'VM "test" reset'],
    ["stop", false, "stopped", 'VM "test" shut down'],
    ["start", false, "running", 'VM "test" started successfully'],
    ["stop", true, "stopped", 'VM "test" powered off'],
    ["start", false, "running", 'VM "test" started successfully'],
  ];
  for (const [index, [action, force, status, message]] of steps.entries()) {
    const requestId = String(index);
    assert.deepEqual(
      await run(host, { action, force, requestId }),
      { requestId, success: true, message },
    );
    assert.equal(statusOf(host), status, `after ${action}`);
  }
});

Deno.test("Commands says what it does: running, then waiting for the guest", async () => {
  await using host = await TestHost.start();
  const told: Progress[] = [];
  await run(host, { action: "stop", requestId: "1" }, { told });
  assert.deepEqual(told, [
    { requestId: "1", action: "stop", state: "running", message: 'Stopping VM "test".' },
    {
      requestId: "1",
      action: "stop",
      state: "waiting",
      message: 'Waiting for the guest of VM "test".',
    },
  ]);
});

const IMPOSSIBLE: [from: Action | null, action: Action, force: boolean, why: string][] = [
  [null, "start", false, "it is already running"],
  [null, "resume", false, "it is not paused"],
  ["suspend", "start", false, "it is paused; resume it"],
  ["suspend", "suspend", false, "it is not running"],
  [
    "suspend",
    "stop",
    false,
    "it is paused, so the guest cannot react; resume it first, or use force",
  ],
  [
    "suspend",
    "restart",
    false,
    "it is paused, so the guest cannot react; resume it first, or use force",
  ],
  ["stop", "stop", false, "it is not running"],
  ["stop", "stop", true, "it is not running"],
  ["stop", "restart", true, "it is not running"],
  ["stop", "suspend", false, "it is not running"],
  ["stop", "resume", false, "it is not paused"],
];
for (const [from, action, force, why] of IMPOSSIBLE) {
  const forced = force ? " by force" : "";
  Deno.test(`Commands refuses to ${action}${forced} after ${from ?? "nothing"}: ${why}`, async () => {
    await using host = await TestHost.start();
    if (from) assert.ok((await run(host, { action: from, requestId: "before" })).success);
    const before = statusOf(host);
    assert.deepEqual(await run(host, { action, force, requestId: "1" }), {
      requestId: "1",
      success: false,
      message: `Cannot ${action} VM "test": ${why}`,
    });
    assert.equal(statusOf(host), before);
  });
}

Deno.test("Commands runs a repeated request id once, and answers it with the first result", async () => {
  await using host = await TestHost.start();
  const command = { action: "suspend", requestId: "1" } as const;
  const answers = await Promise.all([run(host, command), run(host, command), run(host, command)]);
  answers.push(await run(host, command));
  for (const answer of answers) {
    assert.deepEqual(answer, { requestId: "1", success: true, message: 'VM "test" suspended' });
  }
  assert.equal(history(host).length, 1);
  await run(host, { action: "resume", requestId: "2" });
  assert.equal((await run(host, command)).success, true);
  assert.equal(statusOf(host), "running");
});

Deno.test("Commands takes the same request id of two users for two commands", async () => {
  await using host = await TestHost.start();
  const command = { action: "suspend", requestId: "1" } as const;
  assert.equal((await run(host, command, { role: "operator" })).success, true);
  assert.equal((await run(host, command, { role: "admin" })).success, false);
});

Deno.test("Commands runs one command at a time for a VM, in order of arrival", async () => {
  await using host = await TestHost.start();
  await addOperator(host);
  const told: Progress[] = [];
  const answers = await Promise.all(
    (["suspend", "resume", "stop", "start", "suspend"] as const).map((action, index) =>
      run(host, { action, requestId: String(index) }, { told })
    ),
  );
  assert.deepEqual(answers.map(({ success }) => success), Array(5).fill(true));
  assert.equal(statusOf(host), "paused");
  const states = (state: string) =>
    told.filter((progress) => progress.state === state).map(({ requestId }) => requestId);
  assert.deepEqual(states("queued"), ["1", "2", "3", "4"]);
  assert.deepEqual(states("running"), ["0", "1", "2", "3", "4"]);
});

Deno.test("Commands answers with what to do when the guest does not react in time", async () => {
  // The test driver reboots without the event that tells of it.
  await using host = await TestHost.start({ commandsTimeout: 0.2 });
  const { success, message } = await run(host, { action: "restart", requestId: "1" });
  assert.equal(success, false);
  assert.match(
    message,
    /VM "test" did not react within 0\.2 s\. .* use force to power off or reset/,
  );
});

Deno.test("Commands says at once that a VM stopped instead of restarting", async () => {
  // The test driver reboots without the event that tells of it: the command would wait for an hour.
  await using host = await TestHost.start({ commandsTimeout: 3_600 });
  const { commands, hypervisor } = host.services;
  const waiting = Promise.withResolvers<void>();
  const command = { action: "restart", requestId: "1" } as const;
  const restart = commands.run(session("operator"), ADDRESS, "test", command, ({ state }) => {
    if (state === "waiting") waiting.resolve();
  });
  await waiting.promise;
  await hypervisor.command(async (connection) => {
    using domain = await connection.domainByName("test");
    await domain.destroy();
  });
  assert.deepEqual(await within(5_000, "the restart to end", restart), {
    requestId: "1",
    success: false,
    message: 'Cannot restart VM "test": it stopped instead of restarting',
  });
  assert.equal(statusOf(host), "stopped");
});

for (const action of ["start", "stop", "restart", "suspend", "resume"] as const) {
  Deno.test(`Commands forbids a viewer to ${action}, and keeps nothing of it`, async () => {
    await using host = await TestHost.start();
    await assert.rejects(
      run(host, { action, requestId: "1" }, { role: "viewer" }),
      (error: unknown) => error instanceof GlassError && error.code === "FORBIDDEN",
    );
    assert.deepEqual(history(host), []);
    assert.equal(statusOf(host), "running");
  });
}

Deno.test("Commands refuses a VM that it does not know", async () => {
  await using host = await TestHost.start();
  await assert.rejects(
    host.services.commands.run(session("admin"), ADDRESS, "web1", {
      action: "stop",
      requestId: "1",
    }),
    (error: unknown) => error instanceof GlassError && error.code === "VM_NOT_FOUND",
  );
});

Deno.test("Commands keeps who did what to which VM, when, and how it ended", async () => {
  await using host = await TestHost.start();
  const before = Date.now();
  await run(host, { action: "suspend", requestId: "1" });
  await run(host, { action: "suspend", force: true, requestId: "2" }, { role: "admin" });
  const rows = history(host);
  assert.deepEqual(
    rows.map((
      { user, action, vm_name, force, success },
    ) => [user, action, vm_name, force, success]),
    [["operator", "suspend", "test", 0, 1], ["admin", "suspend", "test", 1, 0]],
  );
  for (const { created_at, ended_at, message } of rows) {
    assert.ok(Number(created_at) >= before && Number(ended_at) >= Number(created_at));
    assert.ok(message);
  }
});

Deno.test("Commands ends a command that waits when the services stop, and says so in the history", async () => {
  const host = await TestHost.start({ commandsTimeout: 3_600 });
  const waiting = Promise.withResolvers<void>();
  const { commands } = host.services;
  const command = { action: "restart", requestId: "1" } as const;
  const answer = commands.run(session("operator"), ADDRESS, "test", command, ({ state }) => {
    if (state === "waiting") waiting.resolve();
  });
  const queued = run(host, { action: "suspend", requestId: "2" });
  await waiting.promise;
  await within(5_000, "the commands to end", commands[Symbol.asyncDispose]());
  for (const { success, message } of await Promise.all([answer, queued])) {
    assert.equal(success, false);
    assert.match(message, /^Interrupted: virtglass is stopping/);
  }
  assert.deepEqual(history(host).map(({ success }) => success), [0, 0]);
  await host[Symbol.asyncDispose]();
});

Deno.test("Commands asks again for permission when a command's turn comes", async () => {
  // The test driver reboots without the event that tells of it: the others wait for so long.
  await using host = await TestHost.start({ commandsTimeout: 1 });
  await addOperator(host);
  const waiting = Promise.withResolvers<void>();
  const first = host.services.commands.run(
    session("admin"),
    ADDRESS,
    "test",
    { action: "restart", requestId: "1" },
    ({ state }) => state === "waiting" && waiting.resolve(),
  );
  const demoted = run(host, { action: "suspend", requestId: "2" });
  const removed = run(host, { action: "suspend", requestId: "2" }, { role: "admin" });
  await waiting.promise;
  using store = new Store(host.dataDir);
  store.run("UPDATE users SET role = 'viewer' WHERE name = 'operator'");
  assert.equal((await first).success, false);
  assert.deepEqual(await demoted, {
    requestId: "2",
    success: false,
    message: 'User "operator" (viewer) may not do "suspend" on VM "test".',
  });
  assert.deepEqual(await removed, {
    requestId: "2",
    success: false,
    message: 'User "admin" may not sign in any more.',
  });
  assert.equal(statusOf(host), "running");
});

Deno.test("Commands does nothing to a VM that has come, with the same UUID, while a command waited", async () => {
  using folder = temporaryFolder();
  await using host = await TestHost.start();
  await addOperator(host);
  const { hypervisor, vms } = host.services;
  const held = Promise.withResolvers<void>();
  const command = hypervisor.command.bind(hypervisor);
  hypervisor.command = async (...args) => {
    await held.promise;
    return await command(...args);
  };
  const first = run(host, { action: "suspend", requestId: "1" });
  const second = run(host, { action: "stop", force: true, requestId: "2" });
  const { uuid } = vms.named("test")!;
  {
    await using elsewhere = await Connection.open(hostFile(folder.path, domainXML("web1")));
    await vms.relist(elsewhere);
    assert.equal(vms.record(uuid), undefined);
  }
  await hypervisor.call((connection) => vms.relist(connection));
  assert.ok(vms.record(uuid));
  held.resolve();
  await first;
  assert.deepEqual(await second, {
    requestId: "2",
    success: false,
    message: 'Cannot stop VM "test": the VM that this command was given to is gone',
  });
  assert.notEqual(statusOf(host), "stopped");
});

Deno.test("Commands lets 16 wait for a VM, and refuses more before it writes them down", async () => {
  const host = await TestHost.start({ commandsTimeout: 3_600 });
  const { commands } = host.services;
  const answers = [run(host, { action: "restart", requestId: "first" })];
  for (let n = 0; n < 16; n++) {
    answers.push(run(host, { action: "suspend", requestId: String(n) }));
  }
  await assert.rejects(
    run(host, { action: "suspend", requestId: "late" }),
    (error: unknown) =>
      error instanceof GlassError && error.code === "CONFLICT" &&
      /^Cannot suspend VM "test": 16 commands wait for it already\./.test(error.message),
  );
  assert.equal(history(host).length, 17);
  await within(5_000, "the commands to end", commands[Symbol.asyncDispose]());
  await Promise.all(answers);
  await host[Symbol.asyncDispose]();
});

Deno.test("Commands gives the same to 70 VMs as one command, and writes all down before one begins", async () => {
  using folder = temporaryFolder();
  const uuids = Array.from({ length: 70 }, () => crypto.randomUUID());
  const domains = uuids.map((uuid, n) => domainXML(`web${n}`, `<uuid>${uuid}</uuid>`));
  const flags = { "limits-commands": "2" };
  await using host = await TestHost.start({ uri: hostFile(folder.path, ...domains), flags });
  const { commands } = host.services;
  const give = () =>
    commands.submitToMany(session("operator"), ADDRESS, [...uuids, "web7", "nobody"], {
      action: "suspend",
      requestId: "all",
    });
  const given = give();
  assert.deepEqual(given.refused, [
    { vm: "nobody", code: "VM_NOT_FOUND", message: 'There is no VM "nobody".' },
  ]);
  assert.deepEqual(
    given.commands.map(({ requestId, uuid, success }) => [requestId, uuid, success]),
    uuids.map((uuid) => [`all:${uuid}`, uuid, null]),
  );
  const ended = async () =>
    await Promise.all(uuids.map((uuid) =>
      commands.run(session("operator"), ADDRESS, uuid, {
        action: "suspend",
        requestId: `all:${uuid}`,
      })
    ));
  for (const { success, message } of await ended()) assert.equal(success, true, message);
  // Again is the same; it counts, and the next is one too many.
  assert.deepEqual(new Set(give().commands.map(({ success }) => success)), new Set([true]));
  assert.throws(give, (error: unknown) => asGlassError(error).code === "RATE_LIMITED");
  assert.equal(history(host).length, 70);
  using store = new Store(host.dataDir);
  const records = store.all<{ record: string }>("SELECT record FROM audit").map(({ record }) =>
    JSON.parse(record)
  );
  const of = (kind: string, result: string) =>
    records.filter((record) => record.kind === kind && record.result === result).length;
  assert.deepEqual(
    [of("command.given", "ok"), of("command.ended", "ok"), of("command.given", "refused")],
    [70, 70, 1],
  );
});

Deno.test("Commands gives nothing to any of several VMs when it cannot be written down", async () => {
  await using host = await TestHost.start();
  const { commands } = host.services;
  using store = new Store(host.dataDir);
  store.run("ALTER TABLE commands RENAME TO hidden");
  const command = { action: "suspend", requestId: "1" } as const;
  assert.throws(
    () => commands.submitToMany(session("operator"), ADDRESS, ["test"], command),
    /no such table/,
  );
  store.run("ALTER TABLE hidden RENAME TO commands");
  assert.deepEqual(history(host), []);
  assert.equal(statusOf(host), "running");
});

Deno.test("Commands says of several VMs which one is forbidden", async () => {
  await using host = await TestHost.start();
  const { commands } = host.services;
  const command = { action: "suspend", requestId: "1" } as const;
  const given = commands.submitToMany(session("viewer"), ADDRESS, ["test"], command);
  assert.deepEqual(given, {
    commands: [],
    refused: [{
      vm: "test",
      code: "FORBIDDEN",
      message: 'User "viewer" (viewer) may not do "suspend" on VM "test".',
    }],
  });
});

Deno.test("Commands keeps an old command when its request id comes again as a new one", async () => {
  await using host = await TestHost.start();
  using store = new Store(host.dataDir);
  store.run(
    `INSERT INTO commands
     (request_id, user, vm_uuid, vm_name, action, force, created_at, ended_at, success, message)
     VALUES ('1', 'operator', 'u', 'web1', 'stop', 0, 1, 2, 1, 'VM "web1" shut down')`,
  );
  assert.equal((await run(host, { action: "suspend", requestId: "1" })).success, true);
  assert.deepEqual(
    history(host).map(({ vm_name, ended_at, message }) => [vm_name, ended_at === 2, message]),
    [["web1", true, 'VM "web1" shut down'], ["test", false, 'VM "test" suspended']],
  );
  assert.equal(host.services.commands.find(session("operator"), "1").vm, "test");
});

Deno.test("Commands refuses a command that it cannot write down, and runs the next one", async () => {
  await using host = await TestHost.start();
  using store = new Store(host.dataDir);
  store.run("ALTER TABLE commands RENAME TO hidden");
  await assert.rejects(run(host, { action: "suspend", requestId: "1" }), /no such table/);
  assert.equal(statusOf(host), "running");
  store.run("ALTER TABLE hidden RENAME TO commands");
  assert.equal((await run(host, { action: "suspend", requestId: "2" })).success, true);
});

Deno.test("Commands marks what was running when virtglass was killed as interrupted", async () => {
  await using host = await TestHost.start();
  {
    using store = new Store(host.dataDir);
    store.run(
      `INSERT INTO commands (request_id, user, vm_uuid, vm_name, action, force, created_at)
       VALUES ('1', 'alice', 'u', 'web1', 'stop', 0, 1)`,
    );
  }
  await host.restart();
  const [row] = history(host);
  assert.equal(row?.success, 0);
  assert.match(String(row?.message), /^Interrupted/);
  assert.ok(Number(row?.ended_at) > 1);
});
