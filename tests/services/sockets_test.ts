import assert from "node:assert/strict";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { Store } from "@/services/store/mod.ts";
import { eventually, within } from "@/tests/harness/wait.ts";
import { SocketHost } from "./socket_host.ts";
import { removeTestVM } from "./test_vm.ts";

const PATHS = ["/ws/events", "/ws/vms/test", "/ws/vms/test/console"] as const;

/** How a socket ends, in time. */
const end = (socket: { closed: Promise<{ code: number; reason: string }> }, deadline = 5_000) =>
  within(deadline, "the socket to close", socket.closed);

/** Changes the store as `virtglass user` does from another process: over a connection of its own. */
function elsewhere(host: SocketHost, sql: string, ...values: (string | number)[]): void {
  using store = new Store(host.dataDir);
  assert.ok(store.run(sql, ...values) > 0, "nothing was changed");
  // Somebody asks, so that it is known before the next message comes.
  host.services.gate.sessions.changedSince({});
}

Deno.test("sockets beat as configured, and say so", async () => {
  await using host = await SocketHost.start({ flags: { "sockets-heartbeat": "1" } });
  const session = await host.user("alice", "viewer");
  using socket = await host.open("/ws/vms/test", session);
  assert.equal((await socket.next("connection")).data.heartbeatInterval, 1);
  await socket.next("heartbeat", () => true, 3_000);
});

Deno.test("a client that answers every heartbeat is not answered in turn", async () => {
  await using host = await SocketHost.start({ flags: { "sockets-heartbeat": "1" } });
  using socket = await host.open("/ws/events", await host.user("alice", "viewer"));
  const began = performance.now();
  for (let beat = 0; beat < 3; beat++) {
    await socket.next("heartbeat", () => true, 3_000);
    socket.send("heartbeat", {});
  }
  // Answers to the answers would all have come at once.
  assert.ok(performance.now() - began > 1_500);
});

Deno.test("a socket on which nothing is heard for two beats closes with 4408", async () => {
  await using host = await SocketHost.start({ flags: { "sockets-heartbeat": "2" } });
  const session = await host.user("alice", "viewer");
  const sockets = await Promise.all(PATHS.map((path) => host.open(path, session)));
  using talking = await host.open("/ws/events", session);
  const heart = setInterval(() => talking.send("heartbeat", {}), 1_000);
  for (const socket of sockets) {
    assert.deepEqual(await end(socket, 8_000), {
      code: 4408,
      reason: "Nothing was heard for 4 s.",
    });
  }
  talking.send("heartbeat", {});
  await talking.next("heartbeat");
  clearInterval(heart);
});

Deno.test("a socket is warned before its session ends, and closes with 4401 at its end", async () => {
  await using host = await SocketHost.start();
  const session = await host.user("alice", "viewer");
  const expiresAt = Date.now() + 2_500;
  using socket = await host.open("/ws/vms/test", { ...session, expiresAt });
  const { data } = await socket.next("auth_expiring");
  assert.ok(Math.abs(Date.parse(data.expiresAt) - expiresAt) < 50, data.expiresAt);
  const { code, reason } = await end(socket);
  assert.deepEqual([code, reason], [4401, "The session has ended; sign in again."]);
  assert.ok(Date.now() >= expiresAt && Date.now() < expiresAt + 2_500);
  const warnings = socket.messages.filter(({ type }) => type === "auth_expiring");
  assert.equal(warnings.length, 1);
});

Deno.test("auth renews the session of every kind of socket, which then outlives the first one", async () => {
  await using host = await SocketHost.start();
  const session = await host.user("alice", "viewer");
  const expiresAt = Date.now() + 3_000;
  const token = await host.token("alice");
  for (const path of PATHS) {
    using socket = await host.open(path, { ...session, expiresAt });
    socket.send("auth", { token });
    const { data } = await socket.next("auth");
    assert.ok(Date.parse(data.expiresAt) > expiresAt + 500_000, path);
  }
  using socket = await host.open("/ws/events", { ...session, expiresAt });
  using unrenewed = await host.open("/ws/events", { ...session, expiresAt });
  socket.send("auth", { token });
  await socket.next("auth");
  assert.equal((await end(unrenewed)).code, 4401);
  socket.send("heartbeat", {});
  await socket.next("heartbeat");
});

Deno.test("auth with a bad token or somebody else's is UNAUTHENTICATED, and the old session goes on", async () => {
  await using host = await SocketHost.start();
  const session = await host.user("alice", "viewer");
  await host.user("bob", "admin");
  const expiresAt = Date.now() + 3_000;
  using socket = await host.open("/ws/vms/test", { ...session, expiresAt });
  for (const token of ["nonsense", await host.token("bob"), `${await host.token("alice")}x`]) {
    socket.send("auth", { token });
    const { data } = await socket.next("error");
    assert.deepEqual(data, {
      code: "UNAUTHENTICATED",
      message: 'This is no good token of user "alice".',
    });
  }
  assert.equal((await end(socket)).code, 4401);
});

Deno.test("a role that is taken away counts from the next message on", async () => {
  await using host = await SocketHost.start();
  const session = await host.user("alice", "operator");
  using socket = await host.open("/ws/vms/test", session);
  socket.send("command", { action: "suspend", requestId: "1" });
  assert.equal((await socket.next("response")).data.success, true);
  elsewhere(host, "UPDATE users SET role = 'viewer' WHERE name = 'alice'");
  socket.send("command", { action: "resume", requestId: "2" });
  const { data } = await socket.next("error");
  assert.deepEqual([data.code, data.requestId], ["FORBIDDEN", "2"]);
  elsewhere(host, "UPDATE users SET role = 'operator' WHERE name = 'alice'");
  socket.send("command", { action: "resume", requestId: "3" });
  assert.equal((await socket.next("response")).data.success, true);
});

Deno.test("sockets of a user who is removed, or whose session was ended, close with 4401", async () => {
  await using host = await SocketHost.start();
  const [alice, bob] = [await host.user("alice", "viewer"), await host.user("bob", "viewer")];
  using removed = await host.open("/ws/events", alice);
  using ended = await host.open("/ws/events", bob);
  elsewhere(host, "DELETE FROM users WHERE name = 'alice'");
  assert.equal((await end(removed)).code, 4401);
  host.services.gate.sessions.logout(bob, COMMAND_LINE);
  assert.equal((await end(ended)).code, 4401);
});

Deno.test("one socket too many of a user closes with 1013, and opens when another has closed", async () => {
  await using host = await SocketHost.start({ flags: { "limits-sockets-per-user": "2" } });
  const [alice, bob] = [await host.user("alice", "viewer"), await host.user("bob", "viewer")];
  using _first = await host.open("/ws/events", alice);
  const second = await host.open("/ws/vms/test", alice);
  await second.next("connection");
  using third = await host.open("/ws/vms/test/console", alice);
  assert.deepEqual(await end(third), {
    code: 1013,
    reason: 'User "alice" has 2 sockets open already; close some first.',
  });
  assert.deepEqual(third.messages, []);
  using other = await host.open("/ws/events", bob);
  await other.next("connection");
  second.close();
  await end(second);
  using again = await host.open("/ws/events", alice);
  await again.next("connection");
});

Deno.test("one socket too many of an address closes with 1013, whoever it is", async () => {
  await using host = await SocketHost.start({ flags: { "limits-sockets-per-address": "1" } });
  const [alice, bob] = [await host.user("alice", "viewer"), await host.user("bob", "viewer")];
  using first = await host.open("/ws/events", alice);
  await first.next("connection");
  using second = await host.open("/ws/events", bob);
  assert.deepEqual(await end(second), {
    code: 1013,
    reason: "127.0.0.1 has 1 sockets open already; close some first.",
  });
  assert.equal(host.services.sockets.size, 1);
});

Deno.test("more messages than three seconds allow close that socket with 4429, and no other", async () => {
  await using host = await SocketHost.start({ flags: { "limits-messages": "2" } });
  const session = await host.user("alice", "viewer");
  using other = await host.open("/ws/events", session);
  using socket = await host.open("/ws/events", session);
  for (let n = 0; n < 12; n++) socket.send("heartbeat", {});
  assert.deepEqual(await end(socket), {
    code: 4429,
    reason: "More than 6 messages on one socket within 3 s; slow down and connect again.",
  });
  assert.equal(socket.messages.filter(({ type }) => type === "heartbeat").length, 6);
  other.send("heartbeat", {});
  await other.next("heartbeat");
});

Deno.test("more messages of a user than three seconds allow close with 4429, on whatever sockets", async () => {
  await using host = await SocketHost.start({ flags: { "limits-messages-per-user": "2" } });
  const [alice, bob] = [await host.user("alice", "viewer"), await host.user("bob", "viewer")];
  using other = await host.open("/ws/events", bob);
  using first = await host.open("/ws/events", alice);
  for (let n = 0; n < 6; n++) first.send("heartbeat", {});
  for (let n = 0; n < 6; n++) await first.next("heartbeat");
  using second = await host.open("/ws/events", alice);
  second.send("heartbeat", {});
  assert.deepEqual(await end(second), {
    code: 4429,
    reason: 'More than 6 messages of user "alice" within 3 s; slow down and connect again.',
  });
  other.send("heartbeat", {});
  await other.next("heartbeat");
});

Deno.test("replays of more events than a user may have in three seconds close with 4429", async () => {
  await using host = await SocketHost.start({ flags: { "limits-messages-per-user": "2" } });
  const [alice, bob] = [await host.user("alice", "viewer"), await host.user("bob", "viewer")];
  const { events } = host.services;
  const since = events.mark();
  for (let n = 0; n < 60; n++) events.note("rtc", null, { offset: n });
  using socket = await host.open("/ws/events", alice);
  using other = await host.open("/ws/events", bob);
  for (let n = 0; n < 2; n++) socket.send("subscribe", { topics: ["events"], since });
  assert.deepEqual(await end(socket), {
    code: 4429,
    reason:
      'Subscribing told user "alice" more than 60 VMs and events within 3 s; slow down and connect again.',
  });
  assert.equal(socket.messages.filter(({ type }) => type === "event").length, 60);
  other.send("subscribe", { topics: ["events"], since });
  await other.next("event", ({ detail }) => detail.offset === 59);
});

Deno.test("a burst such as a network lets go after a hiccup is taken", async () => {
  await using host = await SocketHost.start();
  using socket = await host.open("/ws/events", await host.user("alice", "viewer"));
  for (let n = 0; n < 250; n++) socket.send("subscribe", { topics: ["host"] });
  for (let n = 0; n < 250; n++) await socket.next("subscribed");
});

Deno.test("sockets live through a store that cannot be read, and follow their users again after", async () => {
  await using host = await SocketHost.start({ flags: { "sockets-heartbeat": "2" } });
  using socket = await host.open("/ws/vms/test", await host.user("alice", "operator"));
  const other = await host.user("bob", "viewer");
  using ended = await host.open("/ws/events", other);
  await ended.next("connection");
  using store = new Store(host.dataDir);
  store.run("UPDATE users SET role = 'viewer' WHERE name = 'alice'");
  store.run("ALTER TABLE sessions RENAME TO hidden");
  host.services.gate.sessions.changedSince({});
  socket.send("command", { action: "suspend", requestId: "1" });
  assert.equal((await socket.next("error")).data.code, "INTERNAL");
  // The server beats when it has looked who may stay.
  await ended.next("heartbeat", () => true, 5_000);
  store.run("DELETE FROM hidden WHERE id = ?", other.id);
  store.run("ALTER TABLE hidden RENAME TO sessions");
  assert.equal((await end(ended)).code, 4401);
  socket.send("command", { action: "suspend", requestId: "2" });
  assert.equal((await socket.next("error")).data.code, "FORBIDDEN");
});

Deno.test("a viewer who connects to a console again and again is two events, not one each time", async () => {
  await using host = await SocketHost.start();
  const [alice, bob] = [await host.user("alice", "viewer"), await host.user("bob", "viewer")];
  const noted = () =>
    host.services.events.list(alice, { limit: 1000 }).events
      .filter(({ kind }) => kind === "console")
      .map(({ detail }) => `${detail.user} ${detail.action}`);
  for (const user of [alice, alice, alice, bob]) {
    const socket = await host.open("/ws/vms/test/console", user);
    await socket.next("connection");
    socket.close();
    await end(socket);
  }
  await eventually(() => noted().includes("bob detach"), { for: "the last one to leave" });
  assert.deepEqual(noted(), ["alice attach", "alice detach", "bob attach", "bob detach"]);
});

Deno.test("more commands than a minute allows are answered with RATE_LIMITED and their request id", async () => {
  await using host = await SocketHost.start({ flags: { "limits-commands": "2" } });
  const [alice, bob] = [await host.user("alice", "operator"), await host.user("bob", "operator")];
  using socket = await host.open("/ws/vms/test", alice);
  for (const [action, requestId] of [["suspend", "1"], ["resume", "2"]] as const) {
    socket.send("command", { action, requestId });
    assert.equal((await socket.next("response")).data.success, true);
  }
  // A repetition costs nothing: it runs nothing.
  socket.send("command", { action: "resume", requestId: "2" });
  assert.equal((await socket.next("response")).data.success, true);
  socket.send("command", { action: "suspend", requestId: "3" });
  const { data } = await socket.next("error");
  assert.deepEqual([data.code, data.requestId], ["RATE_LIMITED", "3"]);
  assert.match(data.message, /^User "alice" has given 2 commands within a minute\. .* \d+ s\.$/);
  using other = await host.open("/ws/vms/test", bob);
  other.send("command", { action: "suspend", requestId: "3" });
  assert.equal((await other.next("response")).data.success, true);
});

Deno.test("two people's commands to one VM run in order of arrival, and both are answered", async () => {
  await using host = await SocketHost.start();
  const [alice, bob] = [await host.user("alice", "operator"), await host.user("bob", "operator")];
  using one = await host.open("/ws/vms/test", alice);
  using other = await host.open("/ws/vms/test", bob);
  await Promise.all([one.next("status"), other.next("status")]);
  one.send("command", { action: "stop", requestId: "a" });
  // It waits for the guest: the second command comes while the first one runs.
  await one.next("progress", ({ state }) => state === "running");
  other.send("command", { action: "start", requestId: "b" });
  const [{ data: first }, { data: second }] = await Promise.all([
    one.next("response"),
    other.next("response"),
  ]);
  assert.deepEqual(first, { requestId: "a", success: true, message: 'VM "test" shut down' });
  assert.deepEqual(second, {
    requestId: "b",
    success: true,
    message: 'VM "test" started successfully',
  });
});

Deno.test("sockets close with 1001 and a reason when the server stops, and take nobody in", async () => {
  await using host = await SocketHost.start();
  const session = await host.user("alice", "viewer");
  const sockets = await Promise.all(PATHS.map((path) => host.open(path, session)));
  await host.services.sockets.stop(2_000);
  const late = await host.open("/ws/events", session);
  for (const socket of [...sockets, late]) {
    assert.deepEqual(await end(socket), {
      code: 1001,
      reason: "virtglass is stopping; reconnect in a moment.",
    });
  }
});

Deno.test("a VM's socket begins with no sample that is older than it says", async () => {
  await using host = await SocketHost.start();
  const session = await host.user("alice", "viewer");
  const record = host.services.vms.find(session, "test");
  // With nobody watching there are two samples, and then none for a minute.
  await eventually(
    () =>
      (record.sample?.metrics.cpu.utilization ?? null) !== null &&
      host.services.monitor.newest(record) === null,
    { for: "an old sample" },
  );
  using socket = await host.open("/ws/vms/test", session);
  const first = Date.parse((await socket.next("metrics")).timestamp);
  const second = Date.parse((await socket.next("metrics")).timestamp);
  assert.ok(second - first > 500, `${second - first} ms between two samples`);
  using other = await host.open("/ws/vms/test", session);
  const { timestamp } = await other.next("metrics");
  assert.ok(socket.messages.some((one) => one.type === "metrics" && one.timestamp === timestamp));
});

Deno.test("a socket whose session ended while it was opened closes with 4401, and one that may not be with 4403", async () => {
  await using host = await SocketHost.start();
  const { sessions, users } = host.services.gate;
  await host.user("alice", "operator");
  const lost = {
    4401: (id: string) => Promise.resolve(sessions.end("alice", id, COMMAND_LINE)),
    4403: () => users.change("alice", { access: [] }, COMMAND_LINE),
  };
  for (const [code, lose] of Object.entries(lost)) {
    for (const path of code === "4401" ? PATHS : PATHS.slice(1)) {
      await users.change("alice", { access: "operator" }, COMMAND_LINE);
      const session = (await sessions.fromToken(await host.token("alice")))!;
      host.meanwhile = async () => {
        await lose(session.id);
        // Whoever looks after the open sockets has looked.
        sessions.changedSince(host.services.sockets);
      };
      using socket = await host.open(path, session);
      assert.equal((await end(socket)).code, Number(code), path);
      assert.deepEqual(socket.messages, []);
    }
  }
});

Deno.test("a socket whose VM went while it was opened closes with 4404", async () => {
  await using host = await SocketHost.start({ flags: { "console-capture": "always" } });
  const { vms, consoles } = host.services;
  const session = await host.user("alice", "operator");
  for (const path of PATHS.slice(1)) {
    using removed = new DisposableStack();
    host.meanwhile = async () => {
      removed.use(removeTestVM());
      await eventually(() => vms.named("test") === undefined, { for: "the VM to be gone" });
    };
    using socket = await host.open(path, session);
    assert.equal((await end(socket)).code, 4404, path);
    assert.equal(consoles.count().viewers, 0);
    removed.dispose();
    await eventually(() => vms.named("test"), { for: "the VM to be back" });
  }
});
