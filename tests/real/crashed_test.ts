import assert from "node:assert/strict";
import type { VM } from "@/protocol/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: a guest that crashed: ${problem}`);

/** Says to the panic device, at its port 0x505, what a kernel says when it panics. */
const panic = (name: string) =>
  virsh(SYSTEM, "qemu-monitor-command", "--hmp", name, "o /b 0x505 1");

Deno.test({
  name: "a guest that crashed and is kept in memory can be powered off, and started again",
  ignore: problem !== null,
  async fn() {
    const name = "vg-real-crashed";
    await using _guest = await startGuest(SYSTEM, { name, panic: true });
    await using server = await Server.start({ connect: SYSTEM });
    using socket = await server.socket(`/ws/vms/${name}`);
    const answer = async (action: string, force: boolean) => {
      const requestId = crypto.randomUUID();
      socket.send("command", { action, force, requestId });
      const isMine = (data: { requestId: string }) => data.requestId === requestId;
      return (await socket.next("response", isMine, 30_000)).data;
    };

    await panic(name);
    await socket.next("status", ({ status }) => status === "crashed", 30_000);
    assert.equal(await virsh(SYSTEM, "domstate", name, "--reason"), "crashed (panicked)");

    const page = await (await server.fetch(`/vms/${name}`)).text();
    assert.match(page, /value="power-off"/);
    const early = await answer("start", false);
    assert.equal(early.success, false);
    assert.match(early.message, /already (running|active)/);

    assert.deepEqual(await answer("stop", true).then(({ success }) => success), true);
    assert.equal(await virsh(SYSTEM, "domstate", name), "shut off");
    const vm = await server.json(`/api/v1/vms/${name}`) as VM;
    assert.equal(vm.status, "stopped");
    assert.equal((await answer("start", false)).success, true);
    assert.equal(await virsh(SYSTEM, "domstate", name), "running");
  },
});
