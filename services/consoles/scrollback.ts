/**
 * The last bytes of one console, in a ring that grows up to its limit. Every byte has an offset: how
 * many came before it.
 */
export class Scrollback {
  readonly #limit: number;
  #ring: Uint8Array;
  #end = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#ring = new Uint8Array(Math.min(4096, limit));
  }

  /** The offset of the next byte to come. */
  get end(): number {
    return this.#end;
  }

  /** The offset of the oldest byte still held. */
  get start(): number {
    return Math.max(0, this.#end - this.#ring.length);
  }

  append(bytes: Uint8Array): void {
    this.#grow(bytes.length);
    const kept = bytes.subarray(Math.max(0, bytes.length - this.#ring.length));
    const at = (this.#end + bytes.length - kept.length) % this.#ring.length;
    const head = kept.subarray(0, this.#ring.length - at);
    this.#ring.set(head, at);
    this.#ring.set(kept.subarray(head.length), 0);
    this.#end += bytes.length;
  }

  /** A copy of all bytes from `offset` (or the oldest held) to the end. */
  since(offset: number): Uint8Array<ArrayBuffer> {
    return this.read(Math.min(this.#end, Math.max(this.start, offset)), this.#end);
  }

  /** A copy of the bytes from `from` up to `to`, which must be held. */
  read(from: number, to: number): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(to - from);
    const at = from % this.#ring.length;
    const head = this.#ring.subarray(at, Math.min(this.#ring.length, at + copy.length));
    copy.set(head);
    copy.set(this.#ring.subarray(0, copy.length - head.length), head.length);
    return copy;
  }

  /** Most consoles say little, so the ring starts small and doubles while nothing has wrapped. */
  #grow(coming: number): void {
    let size = this.#ring.length;
    while (size < this.#limit && this.#end + coming > size) size = Math.min(this.#limit, size * 2);
    if (size === this.#ring.length) return;
    const held = this.since(0);
    const start = this.start;
    this.#ring = new Uint8Array(size);
    this.#end = start;
    if (held.length > 0) this.append(held);
  }
}
