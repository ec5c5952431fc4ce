import type { ConsoleStream } from "@/libvirt/mod.ts";

/** Bytes that may wait for a guest that does not read. */
const MAX_WAITING = 1024 * 1024;

/**
 * What was typed, on its way into the guest: in order, one send at a time. A send ends when the guest
 * took it, so a paused guest makes its own console wait and nothing else.
 */
export class ConsoleInput {
  readonly #stream: ConsoleStream;
  readonly #queue: Uint8Array[] = [];
  #waiting = 0;
  #sending = false;

  constructor(stream: ConsoleStream) {
    this.#stream = stream;
  }

  /** Takes all of it, or refuses all of it with false. */
  write(bytes: Uint8Array): boolean {
    if (this.#waiting + bytes.length > MAX_WAITING) return false;
    this.#waiting += bytes.length;
    this.#queue.push(bytes);
    if (!this.#sending) void this.#drain();
    return true;
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
        await this.#stream.send(next);
        this.#waiting -= next.length;
      }
    } catch {
      // The stream has ended, and its own end callback says so to the viewers.
      this.#queue.length = 0;
      this.#waiting = 0;
    } finally {
      this.#sending = false;
    }
  }
}
