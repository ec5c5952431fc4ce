/** Bytes that may be on their way beyond what the guest is known to have taken; the server's window. */
export const WINDOW = 64 * 1024;

/** Bytes that may wait here for a guest that does not read. */
export const MOST_WAITING = 16 * 1024 * 1024;

/** Bytes of one message, well below what the server takes at most. */
const MESSAGE = 16 * 1024;

/** What was typed, in order: some of it sent and not yet taken by the guest, the rest waits here. */
export class InputQueue {
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #waiting = 0;
  #sent = 0;
  #taken = 0;

  /** Bytes that were not sent yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Bytes that were sent and that nobody has said were taken. */
  get unsure(): number {
    return this.#sent - this.#taken;
  }

  /** Takes all of it, or refuses all of it with false. */
  push(bytes: Uint8Array<ArrayBuffer>): boolean {
    if (this.#waiting + bytes.length > MOST_WAITING) return false;
    if (bytes.length > 0) this.#chunks.push(bytes);
    this.#waiting += bytes.length;
    return true;
  }

  /** The next message to send; null when nothing waits, or the window is full. */
  next(): Uint8Array<ArrayBuffer> | null {
    const [first] = this.#chunks;
    const room = Math.min(MESSAGE, WINDOW - this.unsure);
    if (first === undefined || room <= 0) return null;
    const message = first.subarray(0, room);
    if (message.length === first.length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(room);
    this.#waiting -= message.length;
    this.#sent += message.length;
    return message;
  }

  /** The guest has taken `total` bytes since the socket opened. */
  took(total: number): void {
    this.#taken = Math.max(this.#taken, total);
    this.#sent = Math.max(this.#sent, this.#taken);
  }

  /** Forgets what waits; says how many bytes that were. */
  discard(): number {
    const dropped = this.#waiting;
    this.#chunks = [];
    this.#waiting = 0;
    return dropped;
  }

  /** What is on its way will never be taken: the guest's end of the line is gone. */
  settle(): void {
    this.#sent = this.#taken;
  }

  /** A new socket counts from nothing. What waited goes too: bytes before it may be missing. */
  restart(): void {
    this.discard();
    this.#sent = this.#taken = 0;
  }
}
