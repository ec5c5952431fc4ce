import { asGlassError, GlassError } from "@/services/errors.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { log } from "@/services/log.ts";
import type { Store } from "@/services/store/mod.ts";
import { isUnwritable } from "@/services/store/error.ts";
import { VERSION } from "@/services/version.ts";
import type { AuditRecord, ErrorCode } from "@/protocol/mod.ts";
import { demand } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Link } from "./chain.ts";
import { type AuditEntry, ITSELF, sameness } from "./entry.ts";
import { HeadFile } from "./head.ts";
import { Recent } from "./recent.ts";
import { Repeats } from "./repeats.ts";
import { exportLines } from "./export.ts";
import { type AuditFilter, AuditTable, type Row, toRecord } from "./table.ts";

export { type AuditEntry, ITSELF, sameness } from "./entry.ts";
export type { AuditFilter } from "./table.ts";

const DAY = 86_400_000;
/** Milliseconds between two looks for records that are too old. */
const TIDY = 3_600_000;
/** Records that are dropped in one transaction. */
const MOST_AT_ONCE = 5_000;
/** Milliseconds after which the head follows a record that was only noted. */
const SEAL = 1_000;

/** What virtglass does not let somebody do; whatever else goes wrong has failed. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(["FORBIDDEN", "RATE_LIMITED", "TOTP_REQUIRED"]);

/** What was not recorded since the log could not be written. */
interface Unwritten {
  /** Notes that are lost. */
  notes: number;
  /** Changes that were refused. */
  changes: number;
}

/**
 * Who did what to which VM, from where, and what came of it. Records are chained by their hashes,
 * only ever added, and dropped for their age alone.
 *
 * What changes something is written before it is done, and is not done when it cannot be: when
 * `write` returns the record is on the disk. What only watches is noted: it survives the end of the
 * process at once, and that of the machine within a second.
 */
export class Audit implements Disposable {
  readonly #store: Store;
  readonly #table: AuditTable;
  readonly #head: HeadFile;
  readonly #retention: number;
  readonly #person: AuditEntry["detail"];
  readonly #repeats = new Repeats((entry) => this.#append(entry));
  readonly #recent = new Recent();
  /** The head as it was read or told last; a log that ends before it has lost something. */
  #known: Link | null;
  #tidying: ReturnType<typeof setInterval> | undefined;
  /** The record that was last told to the log as the head. */
  #toldHead = 0;
  #sealing: ReturnType<typeof setTimeout> | undefined;
  #unwritten: Unwritten | null = null;

  /**
   * @param retention days that a record is kept
   * @param person who sits at the command line, where this is one
   */
  constructor(store: Store, dataDir: string, retention: number, person: AuditEntry["detail"] = {}) {
    this.#store = store;
    this.#retention = retention;
    this.#person = person;
    this.#table = new AuditTable(store);
    this.#head = new HeadFile(dataDir);
    this.#known = this.#readHead();
  }

  /** Begins the record of a server, and drops what is old from then on. */
  start(): void {
    this.note({ kind: "server.start", actor: ITSELF, result: "ok", detail: { version: VERSION } });
    this.trim();
    this.#tellHead();
    this.#tidying = setInterval(() => {
      this.trim();
      this.#tellHead();
    }, TIDY);
    Deno.unrefTimer(this.#tidying);
  }

  /**
   * Drops the records of days that are older than the retention, and records how many: their last
   * hash is in that record, so the chain holds without them.
   */
  trim(now = Date.now()): void {
    const before = new Date(now - this.#retention * DAY).toISOString().slice(0, 10);
    try {
      while (this.#trimSome(before) === MOST_AT_ONCE);
    } catch (error) {
      log.error("Cannot drop old records of the audit log: {error}", { error });
    }
  }

  #trimSome(before: string): number {
    const through = this.#table.lastBefore(before, MOST_AT_ONCE);
    if (through === null) return 0;
    const { seq, hash, count } = through;
    const detail = { through: seq, hash, count, before };
    const entry = { kind: "audit.trim", actor: ITSELF, result: "ok", detail } as const;
    this.write(entry, () => this.#table.dropThrough(seq));
    return count;
  }

  /** Whether the last record could be written. */
  get available(): boolean {
    return this.#unwritten === null;
  }

  /**
   * Records a change, with `change` in one transaction: both are made, or neither is. When `change`
   * refuses, that is noted in its place. It is told the record's number.
   *
   * @throws GlassError AUDIT_UNAVAILABLE when it cannot be recorded; then nothing was changed
   */
  write(entry: AuditEntry): void;
  write<Result>(entry: AuditEntry, change: (seq: number) => Result): Result;
  write<Result>(entry: AuditEntry, change?: (seq: number) => Result): Result | undefined {
    const outermost = !this.#store.inTransaction;
    let changing = false;
    try {
      const [link, result] = this.#store.transaction(() => {
        const link = this.#add(entry);
        changing = true;
        const result = change?.(link.seq);
        changing = false;
        return [link, result] as const;
      }, { durable: true });
      this.#written();
      if (outermost) this.#seal(link);
      else this.#sealSoon();
      return result;
    } catch (error) {
      // A disk that is full may still have had room for the record, and none for the change.
      if (!changing || isUnwritable(error)) throw this.#unavailable(error);
      throw this.refused(entry, error);
    }
  }

  /**
   * Several calls of `write` in one transaction: all of them hold, or none does. When this returns
   * they are on the disk. Throws as `write` does.
   */
  together<Result>(writes: () => Result): Result {
    try {
      const result = this.#store.transaction(writes, { durable: true });
      this.#sealNow();
      return result;
    } catch (error) {
      throw isUnwritable(error) ? this.#unavailable(error) : error;
    }
  }

  /** Records a change that goes on and on, such as typing: once a minute. Throws as `write` does. */
  writeOnce(entry: AuditEntry): void {
    const key = sameness(entry);
    if (this.isRecent(key)) return;
    this.write(entry);
    this.#recent.add(key);
  }

  /** Whether `writeOnce` has nothing to do for an entry of this `sameness`. */
  isRecent(key: string): boolean {
    return this.available && this.#recent.has(key);
  }

  /** Records what only watches, or what was refused. That it cannot be is logged, never thrown. */
  note(entry: AuditEntry): void {
    if (this.#repeats.isFirst(entry)) this.#append(entry);
  }

  /** Notes when `attempt` refuses what `entry` tells of. */
  attempt<Result>(entry: AuditEntry, attempt: () => Result): Result {
    try {
      return attempt();
    } catch (error) {
      throw this.refused(entry, error);
    }
  }

  /** Notes that what `entry` tells of was not done, and returns why, to be thrown on. */
  refused(entry: AuditEntry, error: unknown): unknown {
    if (!(error instanceof GlassError)) return error;
    const { code } = error;
    const result = REFUSALS.has(code) ? "refused" : "failed";
    this.note({ ...entry, result, detail: { ...entry.detail, code } });
    return error;
  }

  /** Records that what `write` recorded has failed, and returns why, to be thrown on. */
  wentWrong(entry: AuditEntry, error: unknown): unknown {
    const { code, message } = asGlassError(error);
    this.outcome({ ...entry, result: "failed", detail: { ...entry.detail, code, message } });
    return error;
  }

  /** Records what came of something that `write` recorded: every time, and never throws. */
  outcome(entry: AuditEntry): void {
    this.#append(entry);
  }

  /**
   * Those before record `before`, the newest first. What was tampered with until it is no JSON is
   * passed over: `virtglass audit verify` tells of it.
   *
   * @throws GlassError FORBIDDEN
   */
  list(session: Session, filter: AuditFilter, limit: number, before = Infinity): AuditRecord[] {
    demand(session, "audit", null);
    return this.#table.newest(filter, Math.min(before, Number.MAX_SAFE_INTEGER), limit)
      .flatMap((row) => readable(row) ?? []);
  }

  /** All of them as JSON lines, the oldest first. @throws GlassError FORBIDDEN */
  export(session: Session, address: string, filter: AuditFilter): ReadableStream<Uint8Array> {
    demand(session, "audit", null);
    const actor = { user: session.user.name, address };
    const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
    const detail = Object.fromEntries(asked);
    this.note({ kind: "audit.export", actor, result: "ok", detail });
    return exportLines(this.#table, filter);
  }

  /** Tells what was counted, and puts everything on the disk. */
  [Symbol.dispose](): void {
    this.#repeats[Symbol.dispose]();
    if (this.#tidying !== undefined) {
      clearInterval(this.#tidying);
      this.#append({ kind: "server.stop", actor: ITSELF, result: "ok" });
      this.#tellHead();
    }
    if (this.#sealing !== undefined) this.#sealNow();
  }

  #append(entry: AuditEntry): void {
    try {
      this.#store.transaction(() => this.#add(entry));
      this.#written();
      this.#sealSoon();
    } catch (error) {
      this.#failed(error).notes++;
    }
  }

  /** Within a transaction. */
  #add(entry: AuditEntry): Link {
    let last = this.#table.last();
    const known = this.#known;
    if (known !== null && last.seq < known.seq) {
      const detail = { last: last.seq, known: known.seq };
      log.error("Records {last} to {known} of the audit log are missing at its end", detail);
      last = this.#table.append(last, {
        kind: "audit.truncated",
        actor: ITSELF,
        result: "failed",
        detail,
      });
    }
    if (entry.actor !== COMMAND_LINE) return this.#table.append(last, entry);
    return this.#table.append(last, { ...entry, detail: { ...this.#person, ...entry.detail } });
  }

  #written(): void {
    if (this.#unwritten === null) return;
    const { notes, changes } = this.#unwritten;
    this.#unwritten = null;
    log.info("The audit log can be written again");
    this.#append({
      kind: "audit.lost",
      actor: ITSELF,
      result: "failed",
      detail: { notes, changes },
    });
  }

  #failed(error: unknown): Unwritten {
    if (this.#unwritten === null) {
      log.error("The audit log cannot be written, so nothing may be changed: {error}", { error });
    }
    return this.#unwritten ??= { notes: 0, changes: 0 };
  }

  #unavailable(error: unknown): GlassError {
    this.#failed(error).changes++;
    return new GlassError(
      "AUDIT_UNAVAILABLE",
      "Nothing was changed: the audit log cannot be written. Watching goes on; the log of virtglass says what is wrong.",
      { cause: error },
    );
  }

  #sealSoon(): void {
    if (this.#sealing !== undefined) return;
    this.#sealing = setTimeout(() => this.#sealNow(), SEAL);
    Deno.unrefTimer(this.#sealing);
  }

  #sealNow(): void {
    clearTimeout(this.#sealing);
    this.#sealing = undefined;
    try {
      const last = this.#table.last();
      this.#store.sync();
      this.#seal(last);
    } catch (error) {
      log.error("Cannot put the audit log on the disk: {error}", { error });
    }
  }

  /** Only what is on the disk already is told to the head. */
  #seal(link: Link): void {
    this.#known = link;
    try {
      this.#head.write(link);
    } catch (error) {
      log.error('Cannot write "{file}", the head of the audit log: {error}', {
        file: this.#head.path,
        error,
      });
    }
  }

  /** The log may go to another machine, where nobody of this one can change it. */
  #tellHead(): void {
    try {
      const { seq, hash } = this.#table.last();
      if (seq === this.#toldHead) return;
      this.#toldHead = seq;
      log.info("The head of the audit log is {head}", { head: `${seq}:${hash}` });
    } catch (error) {
      log.error("Cannot read the end of the audit log: {error}", { error });
    }
  }

  #readHead(): Link | null {
    try {
      return this.#head.read();
    } catch (error) {
      log.error("Cannot read the head of the audit log: {error}", { error });
      return null;
    }
  }
}

function readable(row: Row): AuditRecord | null {
  try {
    return toRecord(row);
  } catch {
    return null;
  }
}
