import assert from "node:assert/strict";
import { type Domain, LaneBroken, stopEventLoop } from "@/libvirt/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { type CommandKind, Hypervisor } from "@/services/hypervisor.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { hypervisorProblem, SYSTEM } from "@/tests/harness/virsh.ts";
import { within } from "@/tests/harness/wait.ts";

const root = Deno.uid() === 0;
const problem = root ? await hypervisorProblem() : "it takes root to freeze a QEMU";
if (problem) console.log(`skipped: commands beside a VM that is stuck: ${problem}`);

const noPrivate = await PrivateLibvirtd.problem();
if (noPrivate) console.log(`skipped: commands while guests start slowly: ${noPrivate}`);

/** What gives commands as `services/commands/perform.ts` does. */
const commandOf =
  (hypervisor: Hypervisor) =>
  (uuid: string, act: (domain: Domain) => Promise<void>, kind?: CommandKind) =>
    hypervisor.command(async (connection) => {
      using domain = await connection.domainByUUID(uuid);
      await act(domain);
    }, kind);

Deno.test({
  name: "Hypervisor carries commands out while another VM keeps its own waiting",
  ignore: problem !== null,
  async fn() {
    {
      await using stuck = await startGuest(SYSTEM, { name: "vg-fxs-stuck", boot: false });
      await using other = await startGuest(SYSTEM, { name: "vg-fxs-other", boot: false });
      await using hypervisor = new Hypervisor(SYSTEM);
      const command = commandOf(hypervisor);
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

Deno.test({
  name: "Hypervisor waits for slow starts longer than for other commands, which pass them by",
  ignore: noPrivate !== null,
  async fn() {
    {
      await using libvirtd = await PrivateLibvirtd.start();
      await using other = await startGuest(libvirtd.uri, { name: "vg-fxs-other", boot: false });
      await using slow = new AsyncDisposableStack();
      const guests = await Promise.all(
        // As many as there are lanes.
        ["1", "2", "3"].map(async (number) =>
          slow.use(
            await startGuest(libvirtd.uri, { name: `vg-fxs-slow-${number}`, start: false }),
          )
        ),
      );
      using held = await libvirtd.holdStarts();
      // Less than any of them has in earnest; a start has no less than it has there.
      await using hypervisor = new Hypervisor(libvirtd.uri, { command: 2_000 });
      const command = commandOf(hypervisor);
      const ended: string[] = [];
      const starts = guests.map(({ name, uuid }) =>
        command(uuid, (domain) => domain.start(), "start").finally(() => ended.push(name))
      );
      for (const act of ["suspend", "resume"] as const) {
        await within(
          10_000,
          `the other VM to ${act}`,
          command(other.uuid, (domain) => domain[act]()),
        );
      }
      // libvirt keeps it waiting for the start, for longer than it may take.
      await assert.rejects(
        command(guests[0]!.uuid, (domain) => domain.suspend()),
        (error: unknown) =>
          error instanceof GlassError && error.code === "TIMEOUT" &&
          error.cause instanceof LaneBroken && /still busy/.test(error.message),
      );
      assert.deepEqual(ended, []);
      held.dispose();
      await within(30_000, "the starts", Promise.all(starts));
    }
    await stopEventLoop();
  },
});
