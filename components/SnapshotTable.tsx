import { NOTHING } from "@/components/format.ts";
import { moment } from "@/components/moment.ts";

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
    <table role="table" class="recordings" aria-label="Snapshots">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">Name</th>
          <th role="columnheader" scope="col">Made</th>
          <th role="columnheader" scope="col">State then</th>
          <th role="columnheader" scope="col">Memory</th>
          <th role="columnheader" scope="col">After</th>
          <th role="columnheader" scope="col">Note</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {snapshots.map(({ name, createdAt, state, memory, parent, current, description }) => (
          <tr role="row" key={name} data-snapshot={name}>
            <th role="rowheader" scope="row" class="cell-vm">
              {name} {current ? <span class="mark">current</span> : null}
            </th>
            <td role="cell">{createdAt === null ? NOTHING : moment(createdAt)}</td>
            <td role="cell">{state ?? NOTHING}</td>
            <td role="cell">{memory ? "kept" : "not kept"}</td>
            <td role="cell">{parent ?? NOTHING}</td>
            <td role="cell" class="cell-why">{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
