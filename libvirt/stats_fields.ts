/** The field names of bulk statistics ("block.3.rd.bytes"). */

/**
 * Where a value belongs. `index` is libvirt's number of the device, which moves: names are the key. The
 * plural groups say that there are such devices, or none.
 */
export type Field =
  | { group: "state"; key: "state" | "reason" }
  | { group: "cpu"; key: "time" }
  | { group: "balloon"; key: BalloonKey }
  | { group: "interface"; key: InterfaceKey | "name"; index: number }
  | { group: "interfaces" }
  | { group: "block"; key: BlockKey | "name"; index: number }
  | { group: "blocks" }
  | { group: "other" };

export type BalloonKey =
  | "current"
  | "maximum"
  | "available"
  | "unused"
  | "usable"
  | "rss"
  | "lastUpdate";
export type InterfaceKey = "rxBytes" | "txBytes" | "rxPackets" | "txPackets";
export type BlockKey = "readBytes" | "writeBytes" | "readOps" | "writeOps";

const balloonKeys = new Map<string, BalloonKey>([
  ["current", "current"],
  ["maximum", "maximum"],
  ["available", "available"],
  ["unused", "unused"],
  ["usable", "usable"],
  ["rss", "rss"],
  ["last-update", "lastUpdate"],
]);
const interfaceKeys = new Map<string, InterfaceKey | "name">([
  ["name", "name"],
  ["rx.bytes", "rxBytes"],
  ["tx.bytes", "txBytes"],
  ["rx.pkts", "rxPackets"],
  ["tx.pkts", "txPackets"],
]);
const blockKeys = new Map<string, BlockKey | "name">([
  ["name", "name"],
  ["rd.bytes", "readBytes"],
  ["wr.bytes", "writeBytes"],
  ["rd.reqs", "readOps"],
  ["wr.reqs", "writeOps"],
]);

/** What a field name means. */
export function parseField(name: string): Field {
  if (name === "state.state") return { group: "state", key: "state" };
  if (name === "state.reason") return { group: "state", key: "reason" };
  if (name === "cpu.time") return { group: "cpu", key: "time" };
  if (name === "net.count") return { group: "interfaces" };
  if (name === "block.count") return { group: "blocks" };
  const [, group, number, key = ""] = /^(balloon|net|block)(?:\.(\d+))?\.(.+)$/.exec(name) ?? [];
  const index = number === undefined ? null : Number(number);
  return field(group, index, key) ?? { group: "other" };
}

function field(group: string | undefined, index: number | null, name: string): Field | null {
  if (group === "balloon" && index === null) {
    const key = balloonKeys.get(name);
    if (key !== undefined) return { group, key };
  } else if (group === "net" && index !== null) {
    const key = interfaceKeys.get(name);
    if (key !== undefined) return { group: "interface", key, index };
  } else if (group === "block" && index !== null) {
    const key = blockKeys.get(name);
    if (key !== undefined) return { group, key, index };
  }
  return null;
}
