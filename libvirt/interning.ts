/**
 * Small pieces of C memory (names, UUIDs) that come again and again, each understood once. Comparing words
 * with those already known costs a third of making a string of them, and nothing for the garbage collector.
 */

interface Known<Value> {
  words: Int32Array;
  value: Value;
  next: Known<Value> | undefined;
}

/** More than any host has; beyond it somebody feeds us ever new names, and we start over. */
const LIMIT = 65_536;

export class Interning<Value> {
  readonly #understand: (bytes: Uint8Array) => Value;
  readonly #known = new Map<number, Known<Value>>();
  #size = 0;

  /** `understand` makes the value of bytes that were not seen before. */
  constructor(understand: (bytes: Uint8Array) => Value) {
    this.#understand = understand;
  }

  /** The value of the `length` words at `start`: always the same object for the same words. */
  get(words: Int32Array, start: number, length: number): Value {
    let hash = length;
    for (let at = start; at < start + length; at++) hash = (Math.imul(hash, 31) + words[at]!) | 0;
    const first = this.#known.get(hash);
    for (let candidate = first; candidate !== undefined; candidate = candidate.next) {
      if (sameWords(candidate.words, words, start, length)) return candidate.value;
    }
    if (++this.#size > LIMIT) {
      this.#known.clear();
      this.#size = 1;
    }
    const copy = words.slice(start, start + length);
    const value = this.#understand(new Uint8Array(copy.buffer));
    this.#known.set(hash, { words: copy, value, next: first });
    return value;
  }

  get size(): number {
    return this.#size;
  }
}

function sameWords(a: Int32Array, b: Int32Array, start: number, length: number): boolean {
  if (a.length !== length) return false;
  for (let at = 0; at < length; at++) if (a[at] !== b[start + at]) return false;
  return true;
}

/**
 * How many words the C string at `start` takes, its NUL included; `max` when it has none by then. What
 * lies behind the NUL in the last word is cleared, so that the same string is always the same words.
 */
export function wordsOfString(words: Int32Array, start: number, max: number): number {
  for (let length = 0; length < max; length++) {
    const word = words[start + length]!;
    // Whether one of the four bytes is 0.
    if (((word - 0x01010101) & ~word & 0x80808080) === 0) continue;
    if ((word & 0xff) === 0) words[start + length] = 0;
    else if ((word & 0xff00) === 0) words[start + length] = word & 0xff;
    else if ((word & 0xff0000) === 0) words[start + length] = word & 0xffff;
    return length + 1;
  }
  return max;
}

const decoder = new TextDecoder();

/** The text before the first NUL. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
