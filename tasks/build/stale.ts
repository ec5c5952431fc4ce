import { join } from "node:path";
import { filesIn } from "./files.ts";

// Folders that the build reads nothing from; `tasks` counts, for what is built depends on it.
const unread = new Set(["node_modules", "dist", "docs", "tests"]);

/** Whether something in the project is newer than this result of its build, or there is none. */
export function isStale(project: string, result: string): boolean {
  let built: number;
  try {
    built = modified(result);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
  for (const { name, isDirectory } of Deno.readDirSync(project)) {
    if (name.startsWith(".") || unread.has(name)) continue;
    const paths = isDirectory
      ? filesIn(join(project, name)).map((path) => `${name}/${path}`)
      : [name];
    if (paths.some((path) => modified(join(project, path)) > built)) return true;
  }
  return false;
}

function modified(path: string): number {
  return Deno.statSync(path).mtime?.getTime() ?? 0;
}
