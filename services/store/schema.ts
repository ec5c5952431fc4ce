/** Which migrations made a store. One of a newer virtglass is refused before anything is changed. */
import type { DatabaseSync } from "node:sqlite";
import { GlassError } from "@/services/errors.ts";
import { openImmutable } from "./immutable.ts";
import { MIGRATIONS } from "./migrations.ts";

/** The schema of a store. @throws GlassError CONFLICT when only a newer virtglass knows it */
export function demandKnown(db: DatabaseSync, file: string): number {
  const { user_version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (user_version <= MIGRATIONS.length) return user_version;
  throw new GlassError(
    "CONFLICT",
    `${file} was written by a newer virtglass (schema ${user_version}; this one knows ${MIGRATIONS.length}). Use that version, or another --data-dir.`,
  );
}

/**
 * To be asked before anything is made in a data folder. It leaves nothing there itself, and does not see
 * what a crash has left in the store's log: whoever opens the store asks again.
 *
 * @throws GlassError CONFLICT when only a newer virtglass knows the store in it
 */
export function demandKnownFolder(dataDir: string): void {
  const file = `${dataDir}/virtglass.db`;
  try {
    using db = openImmutable(file);
    demandKnown(db, file);
  } catch (error) {
    // There is none yet, or it is broken, which whoever opens it has better words for.
    if (error instanceof GlassError) throw error;
  }
}
