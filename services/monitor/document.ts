import type { Measured, Metrics } from "@/protocol/mod.ts";

/** What the host has given a VM, in bytes. */
interface Given {
  /** Of its definition. */
  memory: number;
  /** What QEMU holds of the host's memory; undefined when that is not known. */
  resident: number | undefined;
}

/**
 * What was measured as the user's document has it: numbers alone. A guest that does not tell what it
 * uses is taken to use what the host holds for it, or else all that it was given; counters that nobody
 * reports have counted nothing. Null before there have been two samples: CPU is a rate.
 */
export function toMetrics(measured: Measured, given: Given): Metrics | null {
  const { utilization } = measured.cpu;
  if (utilization === null) return null;
  const total = measured.memory.total ?? given.memory;
  const used = measured.memory.used ?? Math.min(given.resident ?? total, total);
  return {
    cpu: { utilization },
    memory: { used, total },
    network: counted(measured.network),
    disk: counted(measured.disk),
  };
}

function counted<Name extends string>(
  counters: Record<Name, number | null>,
): Record<Name, number> {
  const all = Object.entries<number | null>(counters).map(([name, value]) => [name, value ?? 0]);
  return Object.fromEntries(all) as Record<Name, number>;
}
