import type { ServerData } from "@/protocol/mod.ts";

/** An event with its time and, where it is about a VM, that VM's UUID. */
export interface Entry {
  event: ServerData<"event">;
  /** Unix ms. */
  time: number;
  uuid: string | null;
}

/** A range of sequence numbers, both ends included. */
export type Gap = NonNullable<ServerData<"subscribed">["gap"]>;

/** What happened since some number. */
export interface Since {
  /** Oldest first. */
  entries: Entry[];
  /** Numbers after that one which are not remembered any more. */
  gap?: Gap;
}

/**
 * The last events, numbered by a clock: a number tells when something happened, and the distance of two
 * does not tell how much else did, which is not for everybody.
 */
export class EventLog {
  readonly #capacity: number;
  readonly #clock: () => number;
  /** Oldest first, from `#at` on and around. */
  readonly #ring: Entry[] = [];
  #at = 0;
  /** No event has a number above it. */
  #seq: number;
  /** Nothing is remembered up to this number. */
  #forgotten: number;

  /** @param clock whole numbers that never go back, far faster than events come */
  constructor(capacity: number, clock: () => number) {
    this.#capacity = capacity;
    this.#clock = clock;
    this.#seq = this.#forgotten = clock();
  }

  /** A number that every event so far is at or below, and every later one above. */
  mark(): number {
    return this.#seq = Math.max(this.#seq, this.#clock());
  }

  add(event: Omit<Entry["event"], "seq">, uuid: string | null, time: number): Entry {
    this.#seq = Math.max(this.#seq + 1, this.#clock());
    const entry: Entry = { event: { seq: this.#seq, ...event }, uuid, time };
    if (this.#ring.length < this.#capacity) {
      this.#ring.push(entry);
    } else {
      this.#forgotten = this.#ring[this.#at]!.event.seq;
      this.#ring[this.#at] = entry;
      this.#at = (this.#at + 1) % this.#capacity;
    }
    return entry;
  }

  /**
   * The events after number `seq`. One that was never given is of an earlier start, by a clock that
   * was ahead: whoever has it knows none of the events that are told here.
   */
  since(seq: number): Since {
    const known = seq > this.mark() ? 0 : seq;
    const entries: Entry[] = [];
    for (const entry of this.newest()) {
      if (entry.event.seq <= known) break;
      entries.push(entry);
    }
    entries.reverse();
    if (known >= this.#forgotten) return { entries };
    return { entries, gap: { from: known + 1, to: this.#forgotten } };
  }

  /** All that is remembered, the newest first. */
  *newest(): Generator<Entry> {
    const { length } = this.#ring;
    for (let back = 1; back <= length; back++) {
      yield this.#ring[(this.#at - back + length) % length]!;
    }
  }
}
