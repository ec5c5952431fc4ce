/** Bytes that may wait for a guest that does not read, of all viewers together. */
const MAX_WAITING = 1024 * 1024;
/** Messages that may wait: each takes hundreds of bytes of memory besides its own. */
const MAX_MESSAGES = 4096;
/** Bytes handed to libvirt between two looks at whether the guest can read at all. */
const PIECE = 4 * 1024;

/** Where input goes: resolves when the guest took it, rejects when there is no guest any more. */
export interface Sink {
  send(bytes: Uint8Array): Promise<void>;
}

/** Who typed: told what became of it. */
export interface Typist {
  readonly user: string;
  /** Whether it still may. */
  mayType(): boolean;
  /** So many more bytes were taken; `waiting` are still to go. */
  taken(bytes: number, waiting: number): void;
  /** So many bytes never reach the guest: the stream ended first, or who typed them may not any more. */
  dropped(bytes: number, why: "ended" | "forbidden"): void;
}

/** What stands between typing and the guest. */
export interface Gate {
  /** Resolves when `bytes` may go on, at once as a rule; with false when they must not any more. */
  pass(typist: Typist, bytes: number): Promise<boolean> | boolean;
  /** Hears what goes through. */
  passed(bytes: Uint8Array): void;
}

interface Typed {
  typist: Typist;
  bytes: Uint8Array;
}

/**
 * What was typed, on its way into the guest: in order, one send at a time. A send ends when the guest
 * took it, so a guest that does not read makes its own console wait and nothing else.
 */
export class ConsoleInput {
  readonly #sink: Sink;
  readonly #gate: Gate;
  #queue: Typed[] = [];
  readonly #waiting = new Map<Typist, number>();
  #total = 0;
  #sending = false;

  constructor(sink: Sink, gate: Gate) {
    this.#sink = sink;
    this.#gate = gate;
  }

  /** Takes all of it, or refuses all of it with false. */
  write(typist: Typist, bytes: Uint8Array): boolean {
    if (bytes.length === 0) return true;
    if (this.#total + bytes.length > MAX_WAITING || this.#queue.length >= MAX_MESSAGES) {
      return false;
    }
    this.#count(typist, bytes.length);
    this.#queue.push({ typist, bytes });
    if (!this.#sending) void this.#drain();
    return true;
  }

  /** Forgets what waits, and tells whoever typed it. Called when the stream has ended. */
  end(): void {
    this.#queue = [];
    for (const [typist, bytes] of this.#waiting) typist.dropped(bytes, "ended");
    this.#waiting.clear();
    this.#total = 0;
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
        await this.#send(next);
      }
    } catch {
      // The stream has ended, and its own end tells the viewers.
    } finally {
      this.#sending = false;
    }
  }

  async #send({ typist, bytes }: Typed): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      if (!await this.#gate.pass(typist, piece.length)) {
        return this.#drop(typist, bytes.length - at);
      }
      await this.#sink.send(piece);
      this.#gate.passed(piece);
      // Ended meanwhile: it was counted as dropped already.
      if (!this.#waiting.has(typist)) return;
      typist.taken(piece.length, this.#count(typist, -piece.length));
    }
  }

  #drop(typist: Typist, bytes: number): void {
    if (!this.#waiting.has(typist)) return;
    this.#count(typist, -bytes);
    typist.dropped(bytes, "forbidden");
  }

  #count(typist: Typist, bytes: number): number {
    const waiting = (this.#waiting.get(typist) ?? 0) + bytes;
    if (waiting > 0) this.#waiting.set(typist, waiting);
    else this.#waiting.delete(typist);
    this.#total += bytes;
    return waiting;
  }
}
