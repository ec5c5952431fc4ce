import assert from "node:assert/strict";
import type { Action, ServerData, Status, VM } from "@/protocol/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import type { TestSocket } from "@/tests/harness/socket.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: a real guest through the server: ${problem}`);

Deno.test({
  name: "the server with a real guest",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-real-guest";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    using socket = await server.socket(`/ws/vms/${name}`);

    await t.step("metrics are numbers, and those that count move", async () => {
      const { data: first } = await socket.next("metrics");
      assert.ok(within(first.cpu.utilization, 0, 100));
      assert.ok(within(first.memory.used, 1, first.memory.total));
      await socket.next(
        "metrics",
        (now) => sum(now.network) > sum(first.network) && sum(now.disk) > sum(first.disk),
        30_000,
      );
    });

    await t.step("virsh suspend and resume arrive as status", async () => {
      await virsh(SYSTEM, "suspend", name);
      await socket.next("status", ({ status }) => status === "paused");
      await virsh(SYSTEM, "resume", name);
      await socket.next("status", ({ status }) => status === "running");
    });

    await t.step("the console carries keys to the guest, and what it answers back", async () => {
      using console = await server.socket(`/ws/vms/${name}/console`);
      await console.typeOnceOpen("\n");
      await console.shows(/# /);
      console.type("echo $((6*7))\n");
      await console.shows(/^42\r$/m);
    });

    await t.step("a second viewer gets the scrollback, and both the same bytes", async () => {
      using one = await server.socket(`/ws/vms/${name}/console`);
      using other = await server.socket(`/ws/vms/${name}/console`);
      await other.shows(/^42\r$/m);
      one.type("echo both-$((1+1))\n");
      await one.shows(/^both-2\r$/m);
      await other.shows(/^both-2\r$/m);
    });

    await t.step("a viewer reads the console and types nothing", async () => {
      const token = await server.user("reader", "viewer");
      using console = await server.socket(`/ws/vms/${name}/console`, { token });
      await console.shows(/^42\r$/m);
      console.type("echo mine-$((2+2))\n");
      assert.equal((await console.next("error")).data.code, "FORBIDDEN");
      using writer = await server.socket(`/ws/vms/${name}/console`);
      writer.type("echo last-$((3+3))\n");
      assert.doesNotMatch(await writer.shows(/^last-6\r$/m), /mine-4/);
    });

    await t.step("stop asks the guest, which ends its console; start brings it back", async () => {
      using console = await server.socket(`/ws/vms/${name}/console`);
      await command(socket, "stop", "stopped");
      await console.next("console", ({ eof }) => eof);
      assert.equal(await virsh(SYSTEM, "domstate", name), "shut off");

      using events = await server.socket("/ws/events");
      events.send("subscribe", { topics: [`vm:${name}`] });
      await events.next("subscribed");
      await command(socket, "start", "running");
      // libvirt announces that it resumed the guest, and then that it booted.
      await events.next("vm", ({ status, reason }) => status === "running" && reason === "booted");
      await console.shows(/[^]*Enter 'help'[^]*# /, 60_000);
    });

    await t.step("uptime counts from when QEMU started", async () => {
      const vm = await server.json(`/api/v1/vms/${name}`) as VM;
      assert.ok(within(vm.uptime, 1, 60), String(vm.uptime));
    });

    await t.step("a forced restart is one reboot, however often QEMU announces it", async () => {
      using events = await server.socket("/ws/events");
      events.send("subscribe", { topics: ["events"] });
      await events.next("subscribed");
      using console = await server.console(name);
      console.type("echo before-$((4+4))\n");
      await console.shows(/^before-8\r$/m);
      socket.send("command", { action: "restart", requestId: "reset", force: true });
      // Guests of other tests reboot as well.
      const ours = (event: ServerData<"event">) => event.kind === "reboot" && event.vm === name;
      await events.next("event", ours, 30_000);
      await console.shows(/Enter 'help'/, 60_000);
      const reboots = events.messages.filter((message) =>
        message.type === "event" && ours(message.data)
      );
      assert.equal(reboots.length, 1);
    });

    await t.step("a restart asks the guest, and ends when it did", async () => {
      using console = await server.console(name);
      await console.next("attached");
      socket.send("command", { action: "restart", requestId: "reboot" });
      const isMine = (data: { requestId: string }) => data.requestId === "reboot";
      const { data } = await socket.next("response", isMine, 60_000);
      assert.deepEqual([data.success, data.message], [true, `VM "${name}" restarted`]);
      await console.shows(/reboot: Power down/);
      await console.shows(/Enter 'help'[^]*# /, 60_000);
    });

    await t.step("a forced stop is at once", async () => {
      await command(socket, "stop", "stopped", true);
    });

    await t.step("a VM that is undefined closes its sockets with 4404", async () => {
      await virsh(SYSTEM, "undefine", name);
      assert.equal((await socket.closed).code, 4404);
      assert.equal((await server.fetch(`/api/v1/vms/${name}`)).status, 404);
    });
  },
});

/** Has the command carried out, and sees its end and the state that it leads to, in any order. */
async function command(socket: TestSocket, action: Action, state: Status, force = false) {
  const requestId = crypto.randomUUID();
  socket.send("command", { action, requestId, force });
  const [{ data }] = await Promise.all([
    socket.next("response", (response) => response.requestId === requestId, 30_000),
    socket.next("status", ({ status }) => status === state, 30_000),
  ]);
  assert.equal(data.success, true, data.message);
}

const sum = (group: Record<string, number>) =>
  Object.values(group).reduce((total, value) => total + value, 0);

const within = (value: number, low: number, high: number) => value >= low && value <= high;
