/** Data folders as a server leaves them, and all that is in one. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** The files of a store as a server leaves them: each name says what is there beside the store. */
export type Left = "nothing" | "a log" | "a log and its index";

const FILES: Record<Left, readonly string[]> = {
  "nothing": ["virtglass.db"],
  "a log": ["virtglass.db", "virtglass.db-wal"],
  "a log and its index": ["virtglass.db", "virtglass.db-wal", "virtglass.db-shm"],
};

/** Puts a store of today into a folder, with what `change` did to it last: in the log, where one is left. */
export function leaveStore(folder: string, left: Left, change: string): void {
  using server = temporaryFolder();
  new Store(server.path)[Symbol.dispose]();
  const db = new DatabaseSync(join(server.path, "virtglass.db"));
  try {
    db.exec(change);
    // Who is killed moves nothing out of the log any more.
    if (left === "nothing") db.close();
    for (const name of FILES[left]) {
      Deno.copyFileSync(join(server.path, name), join(folder, name));
      Deno.chmodSync(join(folder, name), 0o600);
    }
  } finally {
    if (db.isOpen) db.close();
  }
}

/** Each path in a folder, with its mode and, of a file, the hash of its bytes. */
export function everythingIn(folder: string): Record<string, [mode: number, content: string]> {
  const paths = [...Deno.readDirSync(folder)].toSorted((a, b) => a.name < b.name ? -1 : 1);
  return Object.assign(
    {},
    ...paths.map(({ name, isDirectory }) => {
      const path = join(folder, name);
      const mode = Deno.statSync(path).mode! & 0o7777;
      if (isDirectory) return { [path]: [mode, ""], ...everythingIn(path) };
      return { [path]: [mode, bytesToHex(sha256(Deno.readFileSync(path)))] };
    }),
  );
}
