import { DatabaseSync } from "node:sqlite";
import { GlassError } from "@/services/errors.ts";
import { isBusy, storeError } from "./error.ts";
import { openImmutable } from "./immutable.ts";
import { demandKnown } from "./schema.ts";

/** What can be said of a store without opening it for use. */
export interface Inspection {
  /** How many migrations made it. */
  schema: number;
  /** What SQLite finds wrong with it, or null. */
  damage: string | null;
  users: number;
  admins: number;
}

/**
 * Looks at the store of a data folder and changes nothing; null when there is none yet.
 *
 * @throws GlassError CONFLICT when it cannot be read, or is of a newer version
 */
export function inspectStore(dataDir: string): Inspection | null {
  const file = `${dataDir}/virtglass.db`;
  if (!exists(file)) return null;
  try {
    return lookAlone(file) ?? lookBesideOthers(file);
  } catch (error) {
    throw error instanceof GlassError ? error : storeError(file, error);
  }
}

/** Leaves nothing beside the store; null when somebody else may be writing to it. */
function lookAlone(file: string): Inspection | null {
  const before = changedAt(file);
  if (before === null) return null;
  using db = openImmutable(file);
  const found = look(db, file);
  return changedAt(file) === before ? found : null;
}

/** SQLite reads the log with the index that whoever writes it, or crashed when it did, has beside it. */
function lookBesideOthers(file: string): Inspection {
  using db = new DatabaseSync(file, { readOnly: true });
  return look(db, file);
}

/** In ms since 1970; null where there is a log, as long as a server runs or when it has crashed. */
function changedAt(file: string): number | null {
  return exists(`${file}-wal`) ? null : Deno.statSync(file).mtime?.getTime() ?? null;
}

function look(db: DatabaseSync, file: string): Inspection {
  const schema = demandKnown(db, file);
  const { quick_check } = db.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
  const damage = quick_check === "ok" ? null : quick_check.replaceAll("\n", " ");
  const { users, admins } = schema === 0 ? { users: 0, admins: 0 } : db.prepare(
    "SELECT count(*) AS users, count(*) FILTER (WHERE role = 'admin') AS admins FROM users",
  ).get() as { users: number; admins: number };
  return { schema, damage, users, admins };
}

/** Whether a server holds this data folder now. */
export function isLocked(dataDir: string): boolean {
  const file = `${dataDir}/serve.lock`;
  if (!exists(file)) return false;
  try {
    using db = new DatabaseSync(file, { readOnly: true });
    db.exec("PRAGMA busy_timeout = 0; SELECT * FROM sqlite_schema");
    return false;
  } catch (error) {
    return isBusy(error);
  }
}

function exists(file: string): boolean {
  try {
    Deno.statSync(file);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw storeError(file, error);
  }
}
