import type { Status, VM } from "@/protocol/mod.ts";

const ORDER: Status[] = ["running", "paused", "shutdown", "crashed", "unknown", "stopped"];

/** How many VMs are in which state, as parts of one bar. Only drawn: the numbers stand beside it. */
export function StateBar({ vms }: { vms: VM[] }) {
  let start = 0;
  return (
    <svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      {ORDER.map((status) => {
        const width = 100 * vms.filter((vm) => vm.status === status).length / (vms.length || 1);
        const x = start;
        start += width;
        return (
          <rect
            key={status}
            class={`part-${status}`}
            x={x.toFixed(2)}
            width={width.toFixed(2)}
            height="1"
          />
        );
      })}
    </svg>
  );
}
