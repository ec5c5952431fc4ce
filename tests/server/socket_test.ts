import assert from "node:assert/strict";
import { Server } from "@/tests/harness/server.ts";
import { upgradeStatus } from "@/tests/harness/upgrade.ts";

Deno.test("/ws/vms/{name} against libvirt's test driver", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });

  await t.step("says who it is, the state and the metrics, in the document's words", async () => {
    using socket = await server.socket("/ws/vms/test");
    const hello = await socket.next("connection");
    assert.deepEqual(
      [hello.data.protocol, hello.data.vm, hello.data.role, hello.data.heartbeatInterval],
      [1, "test", "admin", 15],
    );
    const status = await socket.next("status");
    assert.deepEqual(Object.keys(status).sort(), ["data", "timestamp", "type"]);
    assert.deepEqual(Object.keys(status.data).sort(), ["lastStateChange", "status", "uptime"]);
    assert.equal(status.data.status, "running");
    // It takes two samples to know what the CPU did between them.
    const { data } = await socket.next("metrics", ({ cpu }) => cpu.utilization !== null);
    assert.deepEqual(shape(data), {
      cpu: ["utilization"],
      memory: ["total", "used"],
      network: ["rxBytes", "rxPackets", "txBytes", "txPackets"],
      disk: ["readBytes", "readOps", "writeBytes", "writeOps"],
    });
  });

  await t.step("carries out commands and tells every socket of the VM", async () => {
    using one = await server.socket("/ws/vms/test");
    using other = await server.socket("/ws/vms/test");
    await other.next("status", ({ status }) => status === "running");
    for (const [action, state] of [["suspend", "paused"], ["resume", "running"]] as const) {
      one.send("command", { action, requestId: `r-${action}` });
      const { data } = await one.next("response");
      assert.deepEqual([data.requestId, data.success], [`r-${action}`, true], data.message);
      await other.next("status", ({ status }) => status === state);
    }
  });

  await t.step("answers a command that makes no sense with success false and why", async () => {
    using socket = await server.socket("/ws/vms/test");
    socket.send("command", { action: "start", requestId: "again" });
    const { data } = await socket.next("response");
    assert.deepEqual([data.requestId, data.success], ["again", false]);
    assert.match(data.message, /"test".*already running/);
  });

  await t.step("answers a heartbeat with a heartbeat", async () => {
    using socket = await server.socket("/ws/vms/test");
    socket.send("heartbeat", {});
    await socket.next("heartbeat");
  });

  await t.step("lets a viewer watch, and switch nothing", async () => {
    const token = await server.user("looker", "viewer");
    using socket = await server.socket("/ws/vms/test", { token });
    assert.equal((await socket.next("connection")).data.role, "viewer");
    socket.send("command", { action: "suspend", requestId: "no" });
    const answer = await Promise.any([
      socket.next("error").then(({ data }) => data.code === "FORBIDDEN"),
      socket.next("response").then(({ data }) => !data.success),
    ]);
    assert.equal(answer, true);
    const vm = await server.json("/api/v1/vms/test") as { status: string };
    assert.equal(vm.status, "running");
  });

  await t.step("is refused before the upgrade, by status", async () => {
    const { url, token } = server;
    const own = { Origin: url };
    for (
      const [path, headers, status] of [
        [`/ws/vms/test?token=${token}`, {}, 101],
        [`/ws/vms/test?token=${token}`, own, 101],
        ["/ws/vms/test", { Authorization: `Bearer ${token}` }, 101],
        ["/ws/vms/test", {}, 401],
        ["/ws/vms/test?token=nonsense", {}, 401],
        ["/ws/vms/test?token=", { Authorization: `Bearer ${token}` }, 401],
        [`/ws/vms/nothing?token=${token}`, {}, 404],
        [`/ws/vms/nothing/console?token=${token}`, {}, 404],
        ["/ws/vms/nothing", {}, 401],
        [`/ws/vms/test?token=${token}`, { Origin: "https://evil.example" }, 403],
      ] as const
    ) {
      assert.equal(await upgradeStatus(`${url}${path}`, headers), status, path.split("?")[0]);
    }
  });

  await t.step("console says that the test driver has none", async () => {
    using socket = await server.socket("/ws/vms/test/console");
    assert.equal((await socket.next("error")).data.code, "CONSOLE_UNAVAILABLE");
  });

  await t.step("no token is in the log", () => {
    assert.equal(JSON.stringify(server.logs).includes(server.token), false);
  });
});

/** The names of the fields of each group. */
const shape = (groups: Record<string, Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(groups).map(([name, fields]) => [name, Object.keys(fields).sort()]),
  );
