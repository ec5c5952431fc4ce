/**
 * From virDomainStatsRecords to objects. It runs for every domain every second, so it copies whole arrays
 * into room that it keeps, and makes no strings that it made before.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainStatsRecord
 */
import type { DomainStats } from "./domain_stats.ts";
import { uuidOf } from "./identity.ts";
import { library } from "./library.ts";
import { layoutOf } from "./stats_layout.ts";
import { PARAMETER_SIZE } from "./typed_parameters.ts";

const RECORD_SIZE = 24n;

const record = new DataView(new ArrayBuffer(Number(RECORD_SIZE)));
let room = roomFor(64);

function roomFor(parameters: number) {
  const view = new DataView(new ArrayBuffer(parameters * PARAMETER_SIZE));
  return { size: parameters, view, words: new Int32Array(view.buffer) };
}

/** Copies the `count` virDomainStatsRecords whose pointers lie at `list`, which stay libvirt's. */
export function readRecords(list: bigint, count: number): DomainStats[] {
  const addresses = new BigUint64Array(count);
  library().memcpy(addresses, list, BigInt(addresses.byteLength));
  const all: DomainStats[] = [];
  for (let at = 0; at < count; at++) all.push(readRecord(addresses[at]!));
  return all;
}

function readRecord(address: bigint): DomainStats {
  const c = library();
  c.memcpy(record, address, RECORD_SIZE);
  const count = record.getInt32(16, true);
  if (count > room.size) room = roomFor(count * 2);
  const { view, words } = room;
  c.memcpy(view, record.getBigUint64(8, true), BigInt(count * PARAMETER_SIZE));
  const parameters = { view, words, count };
  return layoutOf(parameters).read(parameters, uuidOf(record.getBigUint64(0, true)));
}
