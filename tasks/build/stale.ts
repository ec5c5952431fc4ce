import { join } from "node:path";
import { filesIn } from "./files.ts";

// Folders that the build reads nothing from; `tasks` counts, for what is built depends on it.
const unread = new Set(["node_modules", "dist", "docs", "tests"]);

/** The project's folders that what is built depends on. */
export function sourceFolders(project: string): string[] {
  return [...Deno.readDirSync(project)]
    .filter(({ name, isDirectory }) => isDirectory && !name.startsWith(".") && !unread.has(name))
    .map(({ name }) => name);
}

/** Whether something in the project is newer than this result of its build, or there is none. */
export function isStale(project: string, result: string): boolean {
  const built = modified(result);
  if (built === null) return true;
  const files = [...Deno.readDirSync(project)]
    .filter(({ name, isFile }) => isFile && !name.startsWith("."))
    .map(({ name }) => name);
  for (const folder of sourceFolders(project)) {
    files.push(...filesIn(join(project, folder)).map((path) => `${folder}/${path}`));
  }
  return files.some((path) => (modified(join(project, path)) ?? 0) > built);
}

/** In ms; null when there is no such file, as when somebody removes it meanwhile. */
function modified(path: string): number | null {
  try {
    return Deno.statSync(path).mtime?.getTime() ?? null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
