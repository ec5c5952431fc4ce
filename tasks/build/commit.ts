import { CommandFailed, run } from "../setup/run.ts";

/**
 * The commit of this checkout, in 12 digits, with a + when something was changed since; null
 * outside of a Git checkout. What a release is unpacked from says it in VIRTGLASS_COMMIT.
 */
export async function commitOf(root: string): Promise<string | null> {
  const told = Deno.env.get("VIRTGLASS_COMMIT");
  if (told) return told;
  try {
    const git = async (...args: string[]) => (await run("git", ["-C", root, ...args])).trim();
    const commit = await git("rev-parse", "--short=12", "HEAD");
    return await git("status", "--porcelain", "--untracked-files=no") === ""
      ? commit
      : `${commit}+`;
  } catch (error) {
    if (error instanceof CommandFailed || error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
