import type { Listed } from "@/components/listed.ts";
import { VMRow } from "@/components/VMRow.tsx";

/**
 * The VMs of the host. The roles repeat what the elements mean already, because browsers forget it
 * where a narrow page lays rows out as cards.
 */
export function VMTable({ vms, now }: { vms: Listed[]; now: number }) {
  if (vms.length === 0) return <NoVMs />;
  return (
    <table role="table" class="vms" aria-label="Virtual machines">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="cell-name">Name</th>
          <th role="columnheader" scope="col" class="cell-state">State</th>
          <th role="columnheader" scope="col" class="cell-cpu">CPU</th>
          <th role="columnheader" scope="col" class="cell-memory">Memory</th>
          <th role="columnheader" scope="col" class="cell-rate cell-rx">Net in</th>
          <th role="columnheader" scope="col" class="cell-rate cell-tx">Net out</th>
          <th role="columnheader" scope="col" class="cell-rate cell-read">Disk read</th>
          <th role="columnheader" scope="col" class="cell-rate cell-write">Disk write</th>
          <th role="columnheader" scope="col" class="cell-uptime">Uptime</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {vms.map((vm) => <VMRow key={vm.uuid} vm={vm} now={now} />)}
      </tbody>
    </table>
  );
}

function NoVMs() {
  return (
    <div class="empty">
      <h2>No virtual machines yet</h2>
      <p>
        This host has none that you may see. One that is defined with <code>virsh define</code> or
        {" "}
        <code>virt-install</code> appears here by itself.
      </p>
    </div>
  );
}
