import { page } from "fresh";
import { SnapshotTable } from "@/components/SnapshotTable.tsx";
import { VMPart } from "@/islands/VMPart.tsx";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { may } from "@/services/identity/policy.ts";
import { snapshots as texts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    const session = signedIn(state);
    const { vms } = state.services;
    const vm = vms.get(session, params.name!);
    const snapshots = await vms.snapshots(session, vm.uuid);
    return page({ vm, maySwitch: may(session, "start", vm), now: Date.now(), snapshots });
  },
});

export default define.page<typeof handler>(({ data: { snapshots, ...frame } }) => (
  <VMFrame {...frame} tab="snapshots">
    <div id="snapshots">
      {snapshots.length > 0 ? <SnapshotTable snapshots={snapshots} /> : <None />}
    </div>
    <VMPart vm={frame.vm.name} part="snapshots" />
  </VMFrame>
));

function None() {
  return (
    <div class="empty">
      <h2>{texts.none}</h2>
      <p>
        <code>virsh snapshot-create-as</code>
        {texts.noneNote}
      </p>
    </div>
  );
}
