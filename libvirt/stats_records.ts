/**
 * From virDomainStatsRecord to objects. It runs for every domain every second, so it copies whole arrays
 * into room that it keeps, and makes no strings that it made before.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainStatsRecord
 */
import { identify } from "./identity.ts";
import { library } from "./library.ts";
import { internedString } from "./memory.ts";
import { fieldAt } from "./stats_fields.ts";
import type { BalloonKey, BlockKey, InterfaceKey } from "./stats_fields.ts";
import {
  numberValue,
  PARAMETER_SIZE,
  ParameterType,
  TYPE_OFFSET,
  VALUE_OFFSET,
} from "./typed_parameters.ts";

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

const RECORD_SIZE = 24n;
const PARAMETER_SIZE_BIG = BigInt(PARAMETER_SIZE);

const record = new DataView(new ArrayBuffer(Number(RECORD_SIZE)));
let room = roomFor(64);

function roomFor(parameters: number) {
  const view = new DataView(new ArrayBuffer(parameters * PARAMETER_SIZE));
  return { parameters, view, words: new Int32Array(view.buffer) };
}

/** Copies the virDomainStatsRecord at `address`, which stays libvirt's. */
export function readRecord(address: bigint): DomainStats {
  const c = library();
  c.memcpy(record, address, RECORD_SIZE);
  const stats: DomainStats = identify(record.getBigUint64(0, true));
  const count = record.getInt32(16, true);
  if (count > room.parameters) room = roomFor(count * 2);
  const { view, words } = room;
  c.memcpy(view, record.getBigUint64(8, true), BigInt(count) * PARAMETER_SIZE_BIG);
  for (let start = 0; start < count * PARAMETER_SIZE; start += PARAMETER_SIZE) {
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
  if (view.getInt32(start + TYPE_OFFSET, true) !== ParameterType.string) return "";
  return internedString(view.getBigUint64(start + VALUE_OFFSET, true));
}

function deviceAt<Device extends { name: string }>(devices: { name: string }[], index: number) {
  for (let at = devices.length; at <= index; at++) devices.push({ name: "" });
  return devices[index] as Device;
}
