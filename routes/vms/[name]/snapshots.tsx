import { page } from "fresh";
import { SnapshotTable } from "@/components/SnapshotTable.tsx";
import { VMPart } from "@/islands/VMPart.tsx";
import { vmPart } from "@/routes/(_shared)/vm_part.ts";
import { VMFrame } from "@/routes/(_shared)/VMFrame.tsx";
import { snapshots as texts } from "@/texts/mod.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    return page(
      await vmPart(state, params.name!, (vms, session, uuid) => vms.snapshots(session, uuid)),
    );
  },
});

export default define.page<typeof handler>(({ data: { frame, mark, part } }) => (
  <VMFrame {...frame} tab="snapshots">
    <div id="snapshots">
      {part.length > 0 ? <SnapshotTable snapshots={part} /> : <None />}
    </div>
    <VMPart vm={frame.vm.name} part="snapshots" mark={mark} />
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
