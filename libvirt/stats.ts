/**
 * Statistics of many domains in one call.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectGetAllDomainStats
 */
import type { CallQueue } from "./call_queue.ts";
import { domainPointer } from "./domain.ts";
import type { Domain } from "./domain.ts";
import { identify } from "./identity.ts";
import { library } from "./library.ts";
import { copyMemory, OutPointer, pointerAt, stringAt } from "./memory.ts";
import { fieldAt } from "./stats_fields.ts";
import type { BalloonKey, BlockKey, InterfaceKey } from "./stats_fields.ts";
import { numberValue, PARAMETER_SIZE, VALUE_OFFSET } from "./typed_parameters.ts";

const groups = { state: 1, cpu: 2, balloon: 4, interface: 16, block: 32 } as const;
export type StatsGroup = keyof typeof groups;

/** Memory in KiB, as libvirt has it; `lastUpdate` in Unix seconds, 0 while the guest never reported. */
export type BalloonStats = { [key in BalloonKey]?: number };
/** Counters since the guest started; what the hypervisor does not report is absent. */
export type InterfaceStats = { name: string } & { [key in InterfaceKey]?: number };
export type BlockStats = { name: string } & { [key in BlockKey]?: number };

/** What one domain reported: only what was asked for, and of that only what it has. */
export interface DomainStats {
  uuid: string;
  name: string;
  /** virDomainState; see stateName and reasonName. */
  state?: number;
  reason?: number;
  /** CPU time of all vCPUs together since the guest started, in ns. */
  cpuTime?: number;
  balloon?: BalloonStats;
  /** Empty when it has none, absent when libvirt did not say. */
  interfaces?: InterfaceStats[];
  blocks?: BlockStats[];
}

/** Leaves out what a stuck domain would make everybody wait for. */
const NOWAIT = 1 << 29;
const RECORD_SIZE = 24;

let scratch = new DataView(new ArrayBuffer(64 * PARAMETER_SIZE));

/** Asks for `wanted` of all domains, or of those given, which must belong to this connection. */
export function domainStats(
  queue: CallQueue,
  wanted: readonly StatsGroup[],
  domains?: readonly Domain[],
): Promise<DomainStats[]> {
  const mask = wanted.reduce((sum, group) => sum | groups[group], 0);
  const list = new OutPointer();
  const take = (count: number) => takeRecords(list.value, count);
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

function takeRecords(list: Deno.PointerValue, count: number): DomainStats[] {
  if (list === null) return [];
  try {
    const pointers = copyMemory(list, count * 8);
    const records: DomainStats[] = [];
    for (let at = 0; at < count; at++) {
      const record = pointerAt(pointers, at * 8);
      if (record !== null) records.push(readRecord(copyMemory(record, RECORD_SIZE)));
    }
    return records;
  } finally {
    library().virDomainStatsRecordListFree(list);
  }
}

function readRecord(record: DataView): DomainStats {
  const domain = pointerAt(record, 0);
  const stats: DomainStats = domain === null ? { uuid: "", name: "" } : identify(domain);
  const parameters = pointerAt(record, 8);
  if (parameters === null) return stats;
  const length = record.getInt32(16, true) * PARAMETER_SIZE;
  if (scratch.byteLength < length) scratch = new DataView(new ArrayBuffer(length * 2));
  const view = scratch;
  Deno.UnsafePointerView.copyInto(parameters, new Uint8Array(view.buffer, 0, length));
  const words = new Int32Array(view.buffer);
  for (let start = 0; start < length; start += PARAMETER_SIZE) {
    readField(stats, view, words, start);
  }
  return stats;
}

function readField(stats: DomainStats, view: DataView, words: Int32Array, start: number): void {
  const field = fieldAt(words, start >> 2);
  switch (field.group) {
    case "state":
      stats[field.key] = numberValue(view, start);
      return;
    case "cpu":
      stats.cpuTime = numberValue(view, start);
      return;
    case "balloon":
      (stats.balloon ??= {})[field.key] = numberValue(view, start);
      return;
    case "interfaces":
      stats.interfaces ??= [];
      return;
    case "blocks":
      stats.blocks ??= [];
      return;
    case "interface": {
      const device = deviceAt<InterfaceStats>(stats.interfaces ??= [], field.index);
      if (field.key === "name") device.name = nameAt(view, start);
      else device[field.key] = numberValue(view, start);
      return;
    }
    case "block": {
      const device = deviceAt<BlockStats>(stats.blocks ??= [], field.index);
      if (field.key === "name") device.name = nameAt(view, start);
      else device[field.key] = numberValue(view, start);
    }
  }
}

function nameAt(view: DataView, start: number): string {
  return stringAt(view, start + VALUE_OFFSET) ?? "";
}

function deviceAt<Device extends { name: string }>(devices: { name: string }[], index: number) {
  for (let at = devices.length; at <= index; at++) devices.push({ name: "" });
  return devices[index] as Device;
}
