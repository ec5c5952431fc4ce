import type { ServerData } from "@/protocol.ts";

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

/** The last events, numbered without holes. */
export class EventLog {
  readonly #capacity: number;
  readonly #ring: Entry[];
  #seq: number;
  #size = 0;

  /** @param first the number before the first event's */
  constructor(capacity: number, first: number) {
    this.#capacity = capacity;
    this.#ring = new Array(capacity);
    this.#seq = first;
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  add(event: Omit<Entry["event"], "seq">, uuid: string | null, time: number): Entry {
    const entry: Entry = { event: { seq: ++this.#seq, ...event }, uuid, time };
    this.#ring[entry.event.seq % this.#capacity] = entry;
    this.#size = Math.min(this.#size + 1, this.#capacity);
    return entry;
  }

  /** The events after number `seq`. One that was never given is of a server that counted further. */
  since(seq: number): Since {
    const oldest = this.#oldest();
    const known = seq > this.#seq ? oldest - 1 : seq;
    const entries: Entry[] = [];
    for (let next = Math.max(known + 1, oldest); next <= this.#seq; next++) {
      entries.push(this.#ring[next % this.#capacity]!);
    }
    return known + 1 < oldest ? { entries, gap: { from: known + 1, to: oldest - 1 } } : { entries };
  }

  /** All that is remembered, the newest first. */
  *newest(): Generator<Entry> {
    for (let seq = this.#seq; seq >= this.#oldest(); seq--) yield this.#ring[seq % this.#capacity]!;
  }

  /** The number of the oldest event that is remembered, or of the next one. */
  #oldest(): number {
    return this.#seq - this.#size + 1;
  }
}
