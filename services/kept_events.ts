import type { Store } from "@/services/store/mod.ts";
import type { Entry } from "./event_log.ts";
import { log } from "./log.ts";

const DAY = 86_400_000;
/** Of which age, in ms, and how many events are kept at most: about 15 MB. */
const OLDEST = 90 * DAY;
const MOST = 50_000;
/** Milliseconds after which an event is written, together with those that came meanwhile. */
const SOON = 1_000;
/** Events that may wait for a disk that takes none. */
const MOST_WAITING = 4_096;
/** Rows read at once while a list is filled. */
const PAGE = 100;

/** Which events to read, besides those who may be seen. */
export interface KeptFilter {
  kinds: readonly string[];
  /** A VM's UUID, or the name that it had. */
  vm?: string | undefined;
  /** Who did it. */
  user?: string | undefined;
  /** Unix ms; only events before it. */
  before?: number | undefined;
}

interface Row {
  id: number;
  seq: number;
  time: number;
  kind: string;
  vm_uuid: string | null;
  vm_name: string | null;
  detail: string;
}

/**
 * Events in the store, for longer than memory has them and over restarts. To be told of one takes no
 * time: it is written a moment later. A disk that is full costs the oldest of those that wait for it,
 * and nothing else.
 */
export class KeptEvents implements Disposable {
  readonly #store: Store;
  readonly #most: number;
  /** The first row of this start. */
  readonly #first: number;
  #waiting: Entry[] = [];
  #writing: ReturnType<typeof setTimeout> | undefined;
  #failing = false;

  constructor(store: Store, most = MOST) {
    this.#store = store;
    this.#most = most;
    this.#first = 1 +
      store.get<{ last: number }>("SELECT coalesce(max(id), 0) AS last FROM events")!.last;
  }

  add(entry: Entry): void {
    this.#waiting.push(entry);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    if (this.#writing !== undefined) return;
    this.#writing = setTimeout(() => this.#write(), SOON);
    Deno.unrefTimer(this.#writing);
  }

  /**
   * Those from before event `seq` of this start, the newest first, as they are taken.
   *
   * @param vms whose events may be seen, by UUID; null for all
   */
  *before(seq: number, filter: KeptFilter, vms: readonly string[] | null): Generator<Entry> {
    this.#write();
    const { sql, values } = where(filter, vms);
    let [time, id] = [filter.before ?? Number.MAX_SAFE_INTEGER, 0];
    for (;;) {
      const rows = this.#store.all<Row>(
        `SELECT * FROM events WHERE (time, id) < (?, ?) AND (id < ? OR seq < ?) ${sql}
         ORDER BY time DESC, id DESC LIMIT ${PAGE}`,
        time,
        id,
        this.#first,
        seq,
        ...values,
      );
      yield* rows.values().map(toEntry);
      if (rows.length < PAGE) return;
      ({ time, id } = rows.at(-1)!);
    }
  }

  /** Writes what waits. */
  [Symbol.dispose](): void {
    this.#write();
  }

  #write(): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
    if (this.#waiting.length === 0) return;
    try {
      this.#store.transaction(() => {
        for (const entry of this.#waiting) this.#insert(entry);
        this.#trim();
      });
      this.#waiting = [];
      if (this.#failing) log.info("Events can be kept again");
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) log.error("Events cannot be kept in the store: {error}", { error });
      this.#failing = true;
    }
  }

  #insert({ event: { seq, kind, vm, detail }, time, uuid }: Entry): void {
    this.#store.run(
      "INSERT INTO events (seq, time, kind, vm_uuid, vm_name, detail) VALUES (?, ?, ?, ?, ?, ?)",
      seq,
      time,
      kind,
      uuid,
      vm,
      JSON.stringify(detail),
    );
  }

  #trim(): void {
    this.#store.run("DELETE FROM events WHERE time < ?", Date.now() - OLDEST);
    this.#store.run("DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - ?", this.#most);
  }
}

/** Only what is asked for is in the statement. */
function where(
  { kinds, vm, user }: KeptFilter,
  vms: readonly string[] | null,
): { sql: string; values: string[] } {
  const conditions: [sql: string, ...values: string[]][] = [
    ["kind IN (SELECT value FROM json_each(?))", JSON.stringify(kinds)],
  ];
  if (vm !== undefined) conditions.push(["(vm_uuid = ? OR vm_name = ?)", vm, vm]);
  if (user !== undefined) conditions.push(["detail ->> '$.user' = ?", user]);
  if (vms !== null) {
    const seen = "(vm_uuid IS NULL OR vm_uuid IN (SELECT value FROM json_each(?)))";
    conditions.push([seen, JSON.stringify(vms)]);
  }
  return {
    sql: conditions.map(([sql]) => `AND ${sql}`).join(" "),
    values: conditions.flatMap(([, ...values]) => values),
  };
}

const toEntry = ({ seq, time, kind, vm_uuid, vm_name, detail }: Row): Entry => ({
  event: { seq, kind, vm: vm_name, detail: JSON.parse(detail) },
  time,
  uuid: vm_uuid,
});
