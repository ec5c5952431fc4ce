import { DatabaseSync, type StatementSync } from "node:sqlite";
import { GlassError } from "@/services/errors.ts";
import { isBusy, storeError } from "./error.ts";
import { MIGRATIONS } from "./migrations.ts";
import { giveToOwner } from "./owner.ts";
import { demandKnown } from "./schema.ts";

export { type Inspection, inspectStore, isLocked } from "./inspect.ts";
export { demandKnownFolder } from "./schema.ts";

/** What a statement takes; a blob comes back as `Uint8Array`. */
type Value = string | number | null | Uint8Array;

/**
 * The embedded store: one SQLite file in the data folder, in WAL mode so that the command line can
 * change users while the server runs. Calls are synchronous: each is one short statement.
 */
export class Store implements Disposable {
  /** The data folder. */
  readonly folder: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens `virtglass.db` below `dataDir`, makes both when missing, and migrates.
   *
   * @throws GlassError CONFLICT that says what is wrong with the file and what to do
   */
  constructor(dataDir: string) {
    makeDataDir(dataDir);
    this.folder = dataDir;
    const file = `${dataDir}/virtglass.db`;
    this.#db = openDatabase(file);
    try {
      this.#db.exec("PRAGMA busy_timeout = 5000");
      // Before anything is written: even the journal's mode is a part of the file.
      demandKnown(this.#db, file);
      Deno.chmodSync(file, 0o600);
      giveToOwner(dataDir, ["virtglass.db"]);
      this.#db.exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;`,
      );
      this.#migrate(file);
    } catch (error) {
      this.#db.close();
      throw error instanceof GlassError ? error : storeError(file, error);
    }
  }

  #migrate(file: string): void {
    // Immediate, so that two processes that open a new folder at once migrate it one after the other.
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const before = demandKnown(this.#db, file);
      for (const step of MIGRATIONS.slice(before)) this.#db.exec(step);
      // Written only when it is another one: that is a change to the disk.
      if (before < MIGRATIONS.length) this.#db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
      this.#db.exec("COMMIT");
    } catch (error) {
      // SQLite has rolled back by itself when the disk is full or broken.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Runs one statement; returns how many rows it changed. */
  run(sql: string, ...values: Value[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  /**
   * Runs `work`, all of it or, when it throws, nothing; within another transaction it is a part of
   * that one.
   *
   * @param durable whether it is on the disk when this returns, and survives the machine's end too;
   * without it, as with any other change here, a power failure may take back the last seconds
   */
  transaction<Result>(work: () => Result, { durable = false } = {}): Result {
    if (this.#db.isTransaction) return work();
    if (durable) this.#db.exec("PRAGMA synchronous = FULL");
    try {
      this.#db.exec("BEGIN IMMEDIATE");
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } finally {
      // SQLite has rolled back by itself when the disk is full or broken.
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      if (durable) this.#db.exec("PRAGMA synchronous = NORMAL");
    }
  }

  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }

  /** Everything that `read` reads is of one moment; others write meanwhile. */
  snapshot<Result>(read: () => Result): Result {
    this.#db.exec("BEGIN");
    try {
      return read();
    } finally {
      this.#db.exec("COMMIT");
    }
  }

  /** Puts on the disk what was written so far. */
  sync(): void {
    this.#db.exec("PRAGMA wal_checkpoint(PASSIVE)");
  }

  /** A number that changes when another process has written to the store. */
  dataVersion(): number {
    return this.get<{ data_version: number }>("PRAGMA data_version")!.data_version;
  }

  [Symbol.dispose](): void {
    this.#statements.clear();
    this.#db.close();
  }
}

/**
 * Holds the data folder for one server, by an exclusive SQLite transaction on a file of its own:
 * it ends with the process however that ends, so there is never a stale lock to clean up.
 *
 * @throws GlassError CONFLICT when another server holds it, or when the file cannot be used
 */
export function lockDataDir(dataDir: string): Disposable {
  makeDataDir(dataDir);
  const file = `${dataDir}/serve.lock`;
  const db = openDatabase(file);
  try {
    db.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw storeError(file, error);
    throw new GlassError(
      "CONFLICT",
      `Another virtglass server is using the data folder "${dataDir}". Stop it, or give this one its own --data-dir.`,
      { cause: error },
    );
  }
  return { [Symbol.dispose]: () => db.close() };
}

function openDatabase(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw storeError(file, error);
  }
}

function makeDataDir(dataDir: string): void {
  try {
    Deno.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new GlassError(
      "CONFLICT",
      `Cannot make the data folder "${dataDir}": ${
        (error as Error).message
      }. Choose another with --data-dir.`,
      { cause: error },
    );
  }
}
