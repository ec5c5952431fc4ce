import type { Listed } from "@/components/listed.ts";
import { bytes, duration, NOTHING, percent, rate, size, vmPath } from "@/components/format.ts";
import { Meter, share } from "@/components/Meter.tsx";
import { Num } from "@/components/Num.tsx";
import { StateBadge } from "@/components/StateBadge.tsx";

/** One VM in the table. `now` is the server's clock in ms. */
export function VMRow({ vm, now }: { vm: Listed; now: number }) {
  const { metrics, rates, stale } = vm.sample ?? { metrics: null, rates: null, stale: false };
  const cpu = metrics?.cpu.utilization ?? null;
  const used = metrics?.memory.used ?? null;
  const total = metrics?.memory.total ?? vm.memory;
  return (
    <tr role="row" data-vm={vm.name} class={rowClass(vm.startedAt !== null, stale)}>
      <th role="rowheader" scope="row" class="cell-name">
        <a href={vmPath(vm)}>{vm.name}</a>
      </th>
      <td role="cell" class="cell-state">
        <StateBadge status={vm.status} />
      </td>
      <td role="cell" class="cell-cpu">
        <span class="gauge">
          <Meter value={cpu} />
          <Num of={percent(cpu)} />
        </span>
      </td>
      <td role="cell" class="cell-memory">
        <span class="gauge">
          <Meter value={share(used, total)} />
          <Num of={bytes(used)} />
          <span class="of">of {size(total).join("\u00a0")}</span>
        </span>
      </td>
      <td role="cell" class="cell-rate cell-rx">
        <Num of={rate(rates?.rxBytes ?? null)} />
      </td>
      <td role="cell" class="cell-rate cell-tx">
        <Num of={rate(rates?.txBytes ?? null)} />
      </td>
      <td role="cell" class="cell-rate cell-read">
        <Num of={rate(rates?.readBytes ?? null)} />
      </td>
      <td role="cell" class="cell-rate cell-write">
        <Num of={rate(rates?.writeBytes ?? null)} />
      </td>
      <td role="cell" class="cell-uptime">
        {vm.startedAt === null ? NOTHING : duration((now - vm.startedAt) / 1000)}
      </td>
    </tr>
  );
}

function rowClass(active: boolean, stale: boolean): string {
  return active ? stale ? "vm vm-stale" : "vm" : "vm vm-off";
}
