import assert from "node:assert/strict";
import type { VM, VMDetail } from "@/protocol/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { Server } from "@/tests/harness/server.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { eventually } from "@/tests/harness/wait.ts";

const problem = await hypervisorProblem();
if (problem) console.log(`skipped: what virsh changes of a VM: ${problem}`);

Deno.test({
  name: "what virsh changes of a running VM",
  ignore: problem !== null,
  async fn(t) {
    const name = "vg-def-guest";
    await using guest = await startGuest(SYSTEM, { name, boot: false });
    await using server = await Server.start({ connect: SYSTEM });

    await t.step("its note stands in the list once it is announced", async () => {
      await virsh(SYSTEM, "desc", name, "--live", "--config", "--title", "the one for tests");
      await eventually(async () => {
        const vms = await server.json("/api/v1/vms") as VM[];
        return vms.find((vm) => vm.name === name)?.note === "the one for tests";
      }, { for: "the note" });
    });

    await t.step("the disk of an external snapshot, which nobody announces, is told", async () => {
      const disks = async () =>
        (await server.json(`/api/v1/vms/${name}`) as VMDetail).disks.map(({ source }) => source);
      const [before] = await disks();
      const overlay = before!.replace(/[^/]*$/, "overlay.qcow2");
      await virsh(
        SYSTEM,
        ...["snapshot-create-as", name, "outside", "--disk-only", "--no-metadata"],
        ...["--diskspec", `vda,file=${overlay}`],
      );
      assert.deepEqual(await disks(), [overlay]);
    });
    assert.equal(await guest.state(), "running");
  },
});
