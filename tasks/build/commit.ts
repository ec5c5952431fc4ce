import { CommandFailed, run } from "@/cli/run.ts";

/**
 * The commit of this checkout, in 12 digits, with a + when something was changed since; null
 * outside of a Git checkout. What a release is unpacked from says it in VIRTGLASS_COMMIT.
 */
export async function commitOf(root: string): Promise<string | null> {
  const told = Deno.env.get("VIRTGLASS_COMMIT");
  if (told) return told;
  const commit = await git(root, "rev-parse", "--short=12", "HEAD");
  if (commit === null) return null;
  const changed = await git(root, "status", "--porcelain", "--untracked-files=no");
  return changed === "" ? commit : `${commit}+`;
}

/**
 * When it was committed, in Unix seconds; 0 outside of a Git checkout.
 * https://reproducible-builds.org/docs/source-date-epoch/
 */
export async function commitTime(root: string): Promise<number> {
  const told = Deno.env.get("SOURCE_DATE_EPOCH") || await git(root, "log", "-1", "--format=%ct");
  return Number(told ?? 0);
}

async function git(root: string, ...args: string[]): Promise<string | null> {
  try {
    return (await run("git", ["-C", root, ...args])).trim();
  } catch (error) {
    if (error instanceof CommandFailed || error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
