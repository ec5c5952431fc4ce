/**
 * Statistics of many domains in one call.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectGetAllDomainStats
 */
import type { CallQueue } from "./call_queue.ts";
import type { DomainStats } from "./domain_stats.ts";
import { domainPointer } from "./domain.ts";
import type { Domain } from "./domain.ts";
import { library } from "./library.ts";
import { OutPointer } from "./memory.ts";
import { readRecords } from "./stats_records.ts";

const groups = { state: 1, cpu: 2, balloon: 4, interface: 16, block: 32 } as const;
export type StatsGroup = keyof typeof groups;

/** Leaves out what a stuck domain would make everybody wait for. */
const NOWAIT = 1 << 29;

/** Asks for `wanted` of all domains, or of those given, which must belong to this connection. */
export function domainStats(
  queue: CallQueue,
  wanted: readonly StatsGroup[],
  domains?: readonly Domain[],
): Promise<DomainStats[]> {
  const mask = wanted.reduce((sum, group) => sum | groups[group], 0);
  const list = new OutPointer();
  const take = (count: number) => takeRecords(list.address, count);
  if (domains === undefined) {
    return queue.call({
      operation: "virConnectGetAllDomainStats",
      invoke: (connection) => {
        return library().virConnectGetAllDomainStats(connection, mask, list.buffer, NOWAIT);
      },
      take,
    });
  }
  if (domains.length === 0) return Promise.resolve([]);
  const pointers = new BigUint64Array(domains.length + 1);
  return queue.call({
    operation: "virDomainListGetStats",
    invoke: async () => {
      // Read when its turn has come: a domain disposed of meanwhile is an error, not a crash.
      domains.forEach((domain, at) => {
        pointers[at] = Deno.UnsafePointer.value(domainPointer(domain));
      });
      return await library().virDomainListGetStats(pointers, mask, list.buffer, NOWAIT);
    },
    take,
  });
}

function takeRecords(list: bigint, count: number): DomainStats[] {
  try {
    return readRecords(list, count);
  } finally {
    library().virDomainStatsRecordListFree(list);
  }
}
