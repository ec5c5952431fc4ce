import { DatabaseSync, type StatementSync } from "node:sqlite";
import { GlassError } from "./errors.ts";
import { isBusy, storeError } from "./store_error.ts";

/** Each entry moves the schema on by one version; entries are only ever added. */
const MIGRATIONS = [
  `CREATE TABLE users (
     name TEXT PRIMARY KEY,
     role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
     password TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE sessions (
     id TEXT PRIMARY KEY,
     user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
     cookie_hash TEXT UNIQUE,
     refresh_hash TEXT UNIQUE,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE vm_states (
     uuid TEXT PRIMARY KEY,
     status TEXT NOT NULL,
     since INTEGER NOT NULL,
     started_at INTEGER
   ) STRICT;
   CREATE TABLE commands (
     request_id TEXT NOT NULL,
     user TEXT NOT NULL,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     action TEXT NOT NULL,
     force INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     ended_at INTEGER,
     success INTEGER,
     message TEXT,
     PRIMARY KEY (user, request_id)
   ) STRICT;
   CREATE INDEX commands_by_time ON commands (created_at);`,
  `CREATE TABLE recordings (
     id TEXT PRIMARY KEY,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     started_by TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ended_at INTEGER,
     ended TEXT,
     bytes INTEGER NOT NULL,
     input INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX recordings_by_vm ON recordings (vm_uuid, started_at);`,
  // A request id may come again, later, as another command.
  `CREATE TABLE given (
     id INTEGER PRIMARY KEY,
     request_id TEXT NOT NULL,
     user TEXT NOT NULL,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     action TEXT NOT NULL,
     force INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     ended_at INTEGER,
     success INTEGER,
     message TEXT
   ) STRICT;
   INSERT INTO given
   SELECT rowid, request_id, user, vm_uuid, vm_name, action, force, created_at, ended_at, success,
          message
   FROM commands;
   DROP TABLE commands;
   ALTER TABLE given RENAME TO commands;
   CREATE INDEX commands_by_time ON commands (created_at);
   CREATE INDEX commands_by_request ON commands (user, request_id);`,
];

/**
 * The embedded store: one SQLite file in the data folder, in WAL mode so that the command line can
 * change users while the server runs. Calls are synchronous: each is one short statement.
 */
export class Store implements Disposable {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens `virtglass.db` below `dataDir`, makes both when missing, and migrates.
   *
   * @throws GlassError CONFLICT that says what is wrong with the file and what to do
   */
  constructor(dataDir: string) {
    makeDataDir(dataDir);
    const file = `${dataDir}/virtglass.db`;
    this.#db = openDatabase(file);
    try {
      Deno.chmodSync(file, 0o600);
      this.#db.exec(
        `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;
         PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;`,
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
      const { user_version } = this.#db.prepare("PRAGMA user_version").get() as {
        user_version: number;
      };
      if (user_version > MIGRATIONS.length) {
        throw new GlassError(
          "CONFLICT",
          `${file} was written by a newer virtglass (schema ${user_version}; this one knows ${MIGRATIONS.length}). Use that version, or another --data-dir.`,
        );
      }
      for (const step of MIGRATIONS.slice(user_version)) this.#db.exec(step);
      this.#db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
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
  run(sql: string, ...values: (string | number | null)[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  get<Row>(sql: string, ...values: (string | number | null)[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
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
