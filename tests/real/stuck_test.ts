import assert from "node:assert/strict";
import { type Domain, stopEventLoop } from "@/libvirt/mod.ts";
import { Hypervisor } from "@/services/hypervisor.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";
import { within } from "@/tests/harness/wait.ts";

const root = Deno.uid() === 0;
const problem = root ? await hypervisorProblem() : "it takes root to freeze a QEMU";
if (problem) console.log(`skipped: commands beside a VM that is stuck: ${problem}`);

Deno.test({
  name: "Hypervisor carries commands out while another VM keeps its own waiting",
  ignore: problem !== null,
  async fn() {
    {
      await using stuck = await startGuest(SYSTEM, { name: "vg-fxs-stuck", boot: false });
      await using other = await startGuest(SYSTEM, { name: "vg-fxs-other", boot: false });
      await using hypervisor = new Hypervisor(SYSTEM);
      const command = (uuid: string, act: (domain: Domain) => Promise<void>) =>
        hypervisor.command(async (connection) => {
          using domain = await connection.domainByUUID(uuid);
          await act(domain);
        });
      const qemu = Number(await Deno.readTextFile(`/run/libvirt/qemu/${stuck.name}.pid`));
      Deno.kill(qemu, "SIGSTOP");
      let answered = false;
      const waits = command(stuck.uuid, (domain) => domain.suspend()).finally(() => {
        answered = true;
      });
      waits.catch(() => {});
      // More than there are lanes, so that every lane would have its turn.
      for (let turn = 0; turn < 3; turn++) {
        for (const act of ["suspend", "resume"] as const) {
          const done = command(other.uuid, (domain) => domain[act]());
          await within(10_000, `the other VM to ${act}`, done);
        }
      }
      assert.equal(answered, false);
      Deno.kill(qemu, "SIGCONT");
      await within(10_000, "the VM that was stuck", waits);
    }
    await stopEventLoop();
  },
});
