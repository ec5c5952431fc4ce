import type { Tier, TierRows } from "./tier.ts";

/** Of this layout of the bytes; others are not read. */
const VERSION = 2;

interface Head {
  version: number;
  rows: number;
  /** What each column is of. */
  series: string[];
  /** How many of the newest rows the next tier does not have yet. */
  unfolded: number;
}

export interface Saved {
  series: string[];
  unfolded: number;
  rows: TierRows;
}

/** A tier as bytes: a head in JSON, then how long before `now` each row was, then the columns. */
export function save({ series, unfolded, rows }: Saved, now: number): Uint8Array<ArrayBuffer> {
  const { at, arrays } = rows;
  const head: Head = { version: VERSION, rows: at.length, series, unfolded };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const ages = at.map((time) => now - time);
  const parts = [Uint32Array.of(text.length), text, ages, ...arrays];
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), end);
    end += part.byteLength;
  }
  return bytes;
}

/** What `save` made for a tier of this kind; null for what it did not make. */
export function read(
  bytes: Uint8Array,
  { exact, width, capacity }: Tier,
  now: number,
): Saved | null {
  let end = 0;
  const take = (length: number) => {
    if (end + length > bytes.length) throw new RangeError(`${bytes.length} bytes are too few`);
    return bytes.slice(end, end += length).buffer;
  };
  try {
    const [length = 0] = new Uint32Array(take(4));
    const head: Head = JSON.parse(new TextDecoder().decode(take(length)));
    if (head.version !== VERSION || head.rows > capacity) return null;
    const { rows, series, unfolded } = head;
    const at = new Float64Array(take(rows * 8)).map((age) => now - age);
    const arrays = Array.from(
      { length: series.length * width },
      () => exact ? new Float32Array(take(rows * 4)) : new Uint16Array(take(rows * 2)),
    );
    return { series, unfolded, rows: { at, arrays } };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return null;
    throw error;
  }
}
