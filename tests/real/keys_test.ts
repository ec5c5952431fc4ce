import assert from "node:assert/strict";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: the keyboard of a real guest: ${problem}`);

Deno.test({
  name: "the keyboard of a real guest",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-keys-guest";
    await using _guest = await startGuest(SYSTEM, { name });
    await using server = await Server.start({ connect: SYSTEM });
    using console = await server.socket(`/ws/vms/${name}/console`);
    const press = async (keys: string) => {
      const answer = await server.fetch(`/api/v1/vms/${name}/keys`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ keys }),
      });
      assert.equal(answer.status, 204);
    };
    await console.typeOnceOpen("\n");
    await console.shows(/# /);

    await t.step("Magic SysRq is answered by its kernel", async () => {
      await press("sysrq-h");
      await console.shows(/sysrq: HELP : .*sync\(s\)/);
    });

    await t.step("Ctrl Alt Delete starts it anew", async () => {
      // Of the kernel itself, in whatever mood init is.
      console.type("echo 1 > /proc/sys/kernel/ctrl-alt-del; echo hard=$((6*7))\n");
      await console.shows(/hard=42/);
      using vm = await server.socket(`/ws/vms/${name}`);
      const { uptime } = (await vm.next("status")).data;
      await press("ctrl-alt-delete");
      await console.shows(/Restarting system[^]*Enter 'help'/, 60_000);
      await vm.next("status", (status) => status.uptime < uptime);
    });
  },
});
