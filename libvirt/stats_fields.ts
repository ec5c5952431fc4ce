/**
 * The field names of bulk statistics ("block.3.rd.bytes"), each understood once. Comparing a name's words
 * with those already known costs a third of making a string of it, and there are 40 names a VM a second.
 */

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

const balloonKeys: Record<string, BalloonKey> = {
  "current": "current",
  "maximum": "maximum",
  "available": "available",
  "unused": "unused",
  "usable": "usable",
  "rss": "rss",
  "last-update": "lastUpdate",
};
const interfaceKeys: Record<string, InterfaceKey | "name"> = {
  "name": "name",
  "rx.bytes": "rxBytes",
  "tx.bytes": "txBytes",
  "rx.pkts": "rxPackets",
  "tx.pkts": "txPackets",
};
const blockKeys: Record<string, BlockKey | "name"> = {
  "name": "name",
  "rd.bytes": "readBytes",
  "wr.bytes": "writeBytes",
  "rd.reqs": "readOps",
  "wr.reqs": "writeOps",
};

/** What a field name means. */
export function parseField(name: string): Field {
  if (name === "state.state") return { group: "state", key: "state" };
  if (name === "state.reason") return { group: "state", key: "reason" };
  if (name === "cpu.time") return { group: "cpu", key: "time" };
  if (name === "net.count") return { group: "interfaces" };
  if (name === "block.count") return { group: "blocks" };
  const [, group, number, rest = ""] = /^(balloon|net|block)(?:\.(\d+))?\.(.+)$/.exec(name) ?? [];
  const index = Number(number);
  if (group === "balloon") {
    const key = balloonKeys[rest];
    if (key !== undefined) return { group: "balloon", key };
  } else if (group === "net" && number !== undefined) {
    const key = interfaceKeys[rest];
    if (key !== undefined) return { group: "interface", key, index };
  } else if (group === "block" && number !== undefined) {
    const key = blockKeys[rest];
    if (key !== undefined) return { group: "block", key, index };
  }
  return { group: "other" };
}

interface Known {
  words: Int32Array;
  field: Field;
  next: Known | undefined;
}

const NAME_WORDS = 20; // char field[80]
const known = new Map<number, Known>();

/** The field whose name starts at word `start` of `words`. */
export function fieldAt(words: Int32Array, start: number): Field {
  let hash = 0;
  let length = 0;
  while (length < NAME_WORDS) {
    const word = words[start + length++] ?? 0;
    hash = (Math.imul(hash, 31) + word) | 0;
    if (endsIn(word)) break;
  }
  const first = known.get(hash);
  for (let candidate = first; candidate !== undefined; candidate = candidate.next) {
    if (sameWords(candidate.words, words, start, length)) return candidate.field;
  }
  const copy = words.slice(start, start + length);
  const field = parseField(nameOf(copy));
  known.set(hash, { words: copy, field, next: first });
  return field;
}

/** Whether one of the word's four characters is the NUL that ends the name. */
function endsIn(word: number): boolean {
  return ((word - 0x01010101) & ~word & 0x80808080) !== 0;
}

function sameWords(a: Int32Array, b: Int32Array, start: number, length: number): boolean {
  if (a.length !== length) return false;
  for (let at = 0; at < length; at++) if (a[at] !== b[start + at]) return false;
  return true;
}

function nameOf(words: Int32Array): string {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
