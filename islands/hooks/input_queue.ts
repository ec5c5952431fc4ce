/** Bytes that may be on their way beyond what the guest is known to have taken; the server's window. */
export const WINDOW = 64 * 1024;

/** Bytes that may wait here for a guest that does not read. */
export const MOST_WAITING = 16 * 1024 * 1024;

/** Bytes of one message, well below what the server takes at most. */
const MESSAGE = 48 * 1024;

/** Bytes that were not sent, and bytes before them that may not have been taken. */
export interface Abandoned {
  waiting: number;
  unsure: number;
  /** Whether anything was heard since the last of them was sent. */
  answered: boolean;
}

/** What was typed, in order: some of it sent and not yet taken by the guest, the rest waits here. */
export class InputQueue {
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #waiting = 0;
  #sent = 0;
  #taken = 0;
  #answered = true;

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

  /** Whether nothing more may be sent before the guest takes some. */
  get full(): boolean {
    return this.unsure >= WINDOW;
  }

  /** The next message to send; null when nothing waits, or the window is full. */
  next(): Uint8Array<ArrayBuffer> | null {
    const length = Math.min(MESSAGE, WINDOW - this.unsure, this.#waiting);
    if (length <= 0) return null;
    const message = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const first = this.#chunks[0]!;
      const part = first.subarray(0, length - at);
      message.set(part, at);
      at += part.length;
      if (part.length === first.length) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(part.length);
    }
    this.#waiting -= length;
    this.#sent += length;
    this.#answered = false;
    return message;
  }

  /** The guest has taken `total` bytes since the socket opened. */
  took(total: number): void {
    this.#taken = Math.max(this.#taken, total);
    this.#sent = Math.max(this.#sent, this.#taken);
  }

  /** The guest has said something, or the server: the connection lives, and what was sent is there. */
  heard(): void {
    this.#answered = true;
  }

  /** Forgets what waits. */
  discard(): void {
    this.#chunks = [];
    this.#waiting = 0;
  }

  /**
   * Gives up what is on its way, which will never be taken, and what waits: bytes before it may be
   * missing. Says how many bytes of each.
   */
  abandon(): Abandoned {
    const abandoned = { waiting: this.waiting, unsure: this.unsure, answered: this.#answered };
    this.discard();
    this.#sent = this.#taken;
    return abandoned;
  }

  /** As `abandon`, for a new socket, which counts from nothing. */
  restart(): Abandoned {
    const abandoned = this.abandon();
    this.#sent = this.#taken = 0;
    return abandoned;
  }
}
