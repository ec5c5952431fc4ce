import type { AuditKind, AuditRecord } from "@/protocol/mod.ts";
import type { Store } from "@/services/store/mod.ts";
import { BEGINNING, chainHash, type Link } from "./chain.ts";
import { type AuditEntry, recordText } from "./entry.ts";

/** A record as it is stored: its text, and its hash. */
export interface Row extends Link {
  record: string;
}

/** Which records to list. Times are RFC 3339 in UTC, with milliseconds, as in the records. */
export interface AuditFilter {
  /** Who did it, or to whom it was done. */
  user?: string | undefined;
  /** A VM's UUID, or the name that it had. */
  vm?: string | undefined;
  kind?: AuditKind | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** The records in the store: added behind the last one, and read. */
export class AuditTable {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  last(): Link {
    return this.#store.get<Link>("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1") ??
      BEGINNING;
  }

  at(seq: number): Row | undefined {
    return this.#store.get<Row>("SELECT seq, record, hash FROM audit WHERE seq = ?", seq);
  }

  /** To be called within a transaction: nobody may add another one in between. */
  append({ seq: before, hash: previous }: Link, entry: AuditEntry): Link {
    const seq = before + 1;
    const record = recordText(seq, new Date(), entry);
    const hash = chainHash(previous, record);
    this.#store.run("INSERT INTO audit (seq, record, hash) VALUES (?, ?, ?)", seq, record, hash);
    return { seq, hash };
  }

  /**
   * Of the first records, at most `most`, the last one that with all before it is older than
   * `before`, and how many they are.
   */
  lastBefore(before: string, most: number): (Link & { count: number }) | null {
    const first = this.#store.get<{ time: string }>("SELECT time FROM audit ORDER BY seq LIMIT 1");
    if (!first || first.time >= before) return null;
    const rows = this.#store.all<Link & { time: string }>(
      "SELECT seq, hash, time FROM audit ORDER BY seq LIMIT ?",
      most,
    );
    const young = rows.findIndex(({ time }) => time >= before);
    const old = young < 0 ? rows : rows.slice(0, young);
    const last = old.at(-1);
    return last ? { seq: last.seq, hash: last.hash, count: old.length } : null;
  }

  /** The store refuses it unless a later record tells of it. */
  dropThrough(seq: number): void {
    this.#store.run("DELETE FROM audit WHERE seq <= ?", seq);
  }

  /** All of them in order, as they are, from record `from` on. */
  page(from: number, limit: number): Row[] {
    return this.#store.all<Row>(
      "SELECT seq, record, hash FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?",
      from,
      limit,
    );
  }

  /** Those before record `before`, the newest first. */
  newest(filter: AuditFilter, before: number, limit: number): Row[] {
    const { sql, values } = where(filter);
    return this.#store.all<Row>(
      `SELECT seq, record, hash FROM audit WHERE seq < ? ${sql} ORDER BY seq DESC LIMIT ?`,
      before,
      ...values,
      limit,
    );
  }

  /** Those after record `after`, the oldest first. */
  oldest(filter: AuditFilter, after: number, limit: number): Row[] {
    const { sql, values } = where(filter);
    return this.#store.all<Row>(
      `SELECT seq, record, hash FROM audit WHERE seq > ? ${sql} ORDER BY seq LIMIT ?`,
      after,
      ...values,
      limit,
    );
  }
}

/** Only what is asked for is in the statement, so that SQLite finds the index for it. */
function where({ user, vm, kind, since, until }: AuditFilter): { sql: string; values: string[] } {
  const conditions: [sql: string, ...values: string[]][] = [];
  if (user !== undefined) conditions.push(["(user = ? OR subject = ?)", user, user]);
  if (vm !== undefined) conditions.push(["(vm_uuid = ? OR vm_name = ?)", vm.toLowerCase(), vm]);
  if (kind !== undefined) conditions.push(["kind = ?", kind]);
  if (since !== undefined) conditions.push(["time >= ?", since]);
  if (until !== undefined) conditions.push(["time < ?", until]);
  return {
    sql: conditions.map(([sql]) => `AND ${sql}`).join(" "),
    values: conditions.flatMap(([, ...values]) => values),
  };
}

/** @throws SyntaxError for one that was tampered with */
export function toRecord({ record, hash }: Row): AuditRecord {
  return { ...JSON.parse(record), hash };
}

/**
 * A line of the export. The record's text stands in it unchanged: without the `,"hash":"..."` at its
 * end the line is exactly what was hashed.
 */
export function toLine({ record, hash }: Row): string {
  return `${record.slice(0, -1)},"hash":"${hash}"}\n`;
}
