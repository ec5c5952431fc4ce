import { GlassError } from "@/services/errors.ts";

/** What SQLite or the system says (node:sqlite tells no codes), and what to do about each. */
const REMEDIES: readonly [said: RegExp, remedy: string][] = [
  [/not a database|malformed/, "Move that file away, or put a backup in its place"],
  [/full|no space/i, "Make room on that disk"],
  [/locked/, "Another program holds it open: end that one"],
  [/read-only file system/i, "Mount it for writing"],
  [/readonly|permission denied|not permitted/i, "Give this user write access to it and its folder"],
];

/** Another connection holds the lock that was asked for: SQLITE_BUSY. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && error.message === "database is locked";
}

/** There is no room to write, or the disk does not take it: SQLITE_FULL, SQLITE_IOERR. */
export function isUnwritable(error: unknown): boolean {
  return error instanceof Error &&
    /^(database or disk is full|disk I\/O error)/.test(error.message);
}

/** Why a file of the store cannot be used, and what to do, in one line. */
export function storeError(file: string, error: unknown): GlassError {
  const said = error instanceof Error ? error.message : String(error);
  // SQLite does not say why it cannot open a file; the system does. Both repeat the path.
  const why = /unable to open/.test(said) ? openingError(file) ?? said : said;
  const what = why.replace(/: (?:\w+ ')?\/.*$/, "");
  const remedy = REMEDIES.find(([words]) => words.test(what))?.[1] ?? "Look at the disk it is on";
  return new GlassError(
    "CONFLICT",
    `Cannot use "${file}": ${what}. ${remedy}, or choose another folder with --data-dir.`,
    { cause: error },
  );
}

/** Not for a file that this process holds a lock on: closing it would end the lock. */
function openingError(file: string): string | null {
  try {
    Deno.openSync(file, { read: true, write: true, create: true, mode: 0o600 }).close();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
