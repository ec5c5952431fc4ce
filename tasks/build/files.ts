import { join } from "node:path";

/** Paths of all files in a folder and its folders, relative to it and sorted; none when it is missing. */
export function filesIn(folder: string, within = ""): string[] {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(join(folder, within))];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return entries.flatMap(({ name, isDirectory }) => {
    const path = within ? `${within}/${name}` : name;
    return isDirectory ? filesIn(folder, path) : [path];
  }).sort();
}

/** Of those, the modules that are neither tests nor declarations; or what `wanted` matches. */
export function modulesIn(folder: string, wanted = /\.tsx?$/): string[] {
  return filesIn(folder).filter((path) =>
    wanted.test(path) && !/(_test\.tsx?|\.d\.ts)$/.test(path)
  );
}
