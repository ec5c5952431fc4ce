import { NOTHING } from "@/components/format.ts";
import { moment } from "@/components/moment.ts";
import { snapshots as texts } from "@/texts/mod.ts";

/** A snapshot, as services/vms/snapshots.ts tells of it. */
export interface Snapshot {
  name: string;
  description: string | null;
  parent: string | null;
  state: string | null;
  memory: boolean;
  createdAt: string | null;
  current: boolean;
}

/** Snapshots, the newest first; nothing can be done to them here. */
export function SnapshotTable({ snapshots }: { snapshots: Snapshot[] }) {
  return (
    <table role="table" class="recordings" aria-label={texts.title}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">{texts.name}</th>
          <th role="columnheader" scope="col">{texts.made}</th>
          <th role="columnheader" scope="col">{texts.state}</th>
          <th role="columnheader" scope="col">{texts.memory}</th>
          <th role="columnheader" scope="col">{texts.after}</th>
          <th role="columnheader" scope="col">{texts.note}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {snapshots.map(({ name, createdAt, state, memory, parent, current, description }) => (
          <tr role="row" key={name} data-snapshot={name}>
            <th role="rowheader" scope="row" class="cell-vm">
              {name} {current ? <span class="mark">{texts.current}</span> : null}
            </th>
            <td role="cell">{createdAt === null ? NOTHING : moment(createdAt)}</td>
            <td role="cell">{state === null ? NOTHING : texts.states[state] ?? state}</td>
            <td role="cell">{memory ? texts.kept : texts.notKept}</td>
            <td role="cell">{parent ?? NOTHING}</td>
            <td role="cell" class="cell-why">{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
