import { join } from "pathe";

/**
 * What root makes in a data folder that is another user's becomes that user's: the service could not
 * open it otherwise. SQLite does the same with the files beside a database.
 */
export function giveToOwner(dataDir: string, paths: readonly string[]): void {
  if (Deno.uid() !== 0) return;
  const { uid, gid } = Deno.statSync(dataDir);
  if (uid === null || gid === null || uid === 0) return;
  for (const path of paths) Deno.chownSync(join(dataDir, path), uid, gid);
}
