import assert from "node:assert/strict";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: a guest that sleeps: ${problem}`);

Deno.test({
  name: "a guest that put itself to sleep is paused, and resume wakes it up",
  ignore: problem !== null,
  async fn() {
    const name = "vg-real-asleep";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    using socket = await server.socket(`/ws/vms/${name}`);
    using console = await server.socket(`/ws/vms/${name}/console`);
    await console.typeOnceOpen("echo mem >/sys/power/state; echo woken-$((20+3))\n");
    await socket.next("status", ({ status }) => status === "paused", 30_000);
    assert.equal(await virsh(SYSTEM, "domstate", name), "pmsuspended");

    socket.send("command", { action: "resume", requestId: "1" });
    const { data } = await socket.next("response", ({ requestId }) => requestId === "1", 30_000);
    assert.deepEqual(data, { requestId: "1", success: true, message: `VM "${name}" resumed` });
    await console.shows(/^woken-23\r$/m, 30_000);
    assert.equal(await virsh(SYSTEM, "domstate", name), "running");
    assert.equal(
      (await server.json(`/api/v1/vms/${name}`) as { status: string }).status,
      "running",
    );
  },
});
