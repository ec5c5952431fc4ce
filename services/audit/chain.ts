/** One end of the chain: the number of a record, and its hash. */
export interface Link {
  seq: number;
  hash: string;
}

/** What the first record stands on. */
export const BEGINNING: Link = { seq: 0, hash: "0".repeat(64) };

/**
 * The hash of a record that comes after one with the hash `previous`:
 * `printf '%s\n%s' PREVIOUS RECORD | sha256sum`.
 */
export function chainHash(previous: string, record: string): string {
  // Not imported: no start waits for it, and whoever writes a record waits for nothing.
  // deno-lint-ignore no-process-global
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(`${previous}\n${record}`).digest("hex");
}
