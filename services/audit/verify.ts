import type { Store } from "@/services/store/mod.ts";
import { BEGINNING, chainHash, type Link } from "./chain.ts";
import { HeadFile } from "./head.ts";
import { AuditTable, type Row } from "./table.ts";

/** Rows that are read at once. */
const PAGE = 1000;
/** Faults that are told one by one. */
const MOST = 100;

export interface Verdict {
  /** How many records there are. */
  records: number;
  first: number;
  last: Link;
  /** What is wrong, a sentence each; nothing when the log is whole. */
  faults: string[];
}

/** What verification looks at of a record. */
interface Told {
  seq?: unknown;
  kind?: unknown;
  detail?: { through?: unknown; hash?: unknown; last?: unknown; known?: unknown };
}

/**
 * Follows the chain from its first record to its last, and holds its end against the head that is
 * kept apart, and against `remembered` when somebody wrote down an earlier one.
 */
export function verifyAudit(store: Store, dataDir: string, remembered: Link | null): Verdict {
  const table = new AuditTable(store);
  const file = new HeadFile(dataDir);
  // Before the records: what is added meanwhile comes after it.
  const head = attempt(() => file.read());
  return store.snapshot(() => {
    const check = new Check();
    for (let from = 0;;) {
      const rows = table.page(from, PAGE);
      for (const row of rows) check.take(row);
      if (rows.length < PAGE) break;
      from = rows.at(-1)!.seq + 1;
    }
    check.end();
    if ("error" in head) check.fault(`The head cannot be read: ${head.error}.`);
    else if (head.value) check.hold(head.value, `the head in "${file.path}"`, table);
    else if (check.last.seq > 0) {
      check.fault(
        `"${file.path}" is missing: records that were removed at the end are not missed.`,
      );
    }
    if (remembered) check.hold(remembered, "the head that you gave", table);
    for (const name of missingTriggers(store)) {
      check.fault(`The trigger "${name}" is missing: records can be changed without a trace.`);
    }
    return check.verdict();
  });
}

class Check {
  readonly #faults: string[] = [];
  #first: Row | null = null;
  #last: Link = BEGINNING;
  #records = 0;
  /** By the number of the last record that was dropped, its hash. */
  readonly #trims = new Map<number, string>();

  get last(): Link {
    return this.#last;
  }

  fault(text: string): void {
    this.#faults.push(text);
  }

  take(row: Row): void {
    const { seq, record, hash } = row;
    const previous = this.#last;
    this.#first ??= row;
    this.#records++;
    this.#last = row;
    if (this.#first !== row && seq !== previous.seq + 1) {
      const [from, to] = [previous.seq + 1, seq - 1];
      this.fault(
        from === to ? `Record ${from} is missing.` : `Records ${from} to ${to} are missing.`,
      );
      // What it stands on is not there, so its own hash tells nothing.
    } else if (this.#first !== row && chainHash(previous.hash, record) !== hash) {
      this.fault(
        `Record ${seq} is not what was recorded, or not what came after record ${previous.seq}: its hash does not fit.`,
      );
    }
    this.#read(seq, record);
  }

  #read(seq: number, record: string): void {
    const told = attempt(() => JSON.parse(record) as Told | null);
    if ("error" in told) return this.fault(`Record ${seq} is not JSON.`);
    const { seq: own, kind, detail } = told.value ?? {};
    if (own !== seq) this.fault(`Record ${seq} says that it is record ${own}.`);
    if (kind === "audit.trim" && typeof detail?.through === "number") {
      this.#trims.set(detail.through, String(detail.hash));
    }
    if (kind === "audit.truncated") {
      this.fault(
        `Record ${seq} tells that virtglass found the log cut off after record ${detail?.last}; it had reached ${detail?.known}.`,
      );
    }
  }

  /** What the first record stands on: the beginning, or what a later one says was dropped. */
  end(): void {
    if (!this.#first) return;
    const { seq, record, hash } = this.#first;
    const previous = seq === 1 ? BEGINNING.hash : this.#trims.get(seq - 1);
    if (previous === undefined) {
      this.fault(
        `Records 1 to ${seq - 1} are missing, and no record tells that they were dropped.`,
      );
    } else if (chainHash(previous, record) !== hash) {
      this.fault(`Record ${seq}, the first one, is not what was recorded: its hash does not fit.`);
    }
  }

  /** Holds the chain against one of its ends that was told before. */
  hold({ seq, hash }: Link, what: string, table: AuditTable): void {
    if (seq > this.#last.seq) {
      const missing = seq - this.#last.seq;
      return this.fault(
        `${missing} ${
          missing === 1 ? "record is" : "records are"
        } missing at the end: ${what} is record ${seq}, the last one there is ${this.#last.seq}.`,
      );
    }
    const there = seq === 0 ? BEGINNING : table.at(seq) ?? this.#dropped(seq);
    // What was dropped long ago can no longer be compared.
    if (there && there.hash !== hash) {
      this.fault(`Record ${seq} is another one than ${what} says: the log was written anew.`);
    }
  }

  #dropped(seq: number): Link | undefined {
    const hash = this.#trims.get(seq);
    return hash === undefined ? undefined : { seq, hash };
  }

  verdict(): Verdict {
    const more = this.#faults.length - MOST;
    const faults = this.#faults.slice(0, MOST);
    if (more > 0) faults.push(`And ${more} more.`);
    const { seq, hash } = this.#last;
    return { records: this.#records, first: this.#first?.seq ?? 0, last: { seq, hash }, faults };
  }
}

const TRIGGERS = ["audit_grows_at_its_end", "audit_never_changes", "audit_drops_what_it_tells"];

function missingTriggers(store: Store): string[] {
  const there = new Set(
    store.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .map(({ name }) => name),
  );
  return TRIGGERS.filter((name) => !there.has(name));
}

function attempt<Value>(read: () => Value): { value: Value } | { error: string } {
  try {
    return { value: read() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
