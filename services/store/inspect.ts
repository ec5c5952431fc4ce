import { DatabaseSync } from "node:sqlite";
import { GlassError } from "@/services/errors.ts";
import { isBusy, storeError } from "./error.ts";
import { MIGRATIONS } from "./migrations.ts";

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
    using db = new DatabaseSync(file, { readOnly: true });
    const schema = demandKnown(db, file);
    const { quick_check } = db.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
    const damage = quick_check === "ok" ? null : quick_check.replaceAll("\n", " ");
    const { users, admins } = schema === 0 ? { users: 0, admins: 0 } : db.prepare(
      "SELECT count(*) AS users, count(*) FILTER (WHERE role = 'admin') AS admins FROM users",
    ).get() as { users: number; admins: number };
    return { schema, damage, users, admins };
  } catch (error) {
    throw error instanceof GlassError ? error : storeError(file, error);
  }
}

/** The schema of a store. @throws GlassError CONFLICT when only a newer virtglass knows it */
export function demandKnown(db: DatabaseSync, file: string): number {
  const { user_version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (user_version <= MIGRATIONS.length) return user_version;
  throw new GlassError(
    "CONFLICT",
    `${file} was written by a newer virtglass (schema ${user_version}; this one knows ${MIGRATIONS.length}). Use that version, or another --data-dir.`,
  );
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
