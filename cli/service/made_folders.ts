import { dirname } from "pathe";

/** systemd passes over sections whose names begin so. */
const SECTION = "[X-virtglass]";
const KEY = "MadeFolder=";

/**
 * `unit` with the folders that had to be made for the service, which `foldersMadeFor` reads again: an
 * empty folder alone does not tell whose it is.
 */
export function withMadeFolders(unit: string, folders: readonly string[]): string {
  if (folders.length === 0) return unit;
  const lines = ["# Made for the service: they go with it.", SECTION];
  return `${unit}\n${[...lines, ...folders.map((folder) => KEY + folder)].join("\n")}\n`;
}

/** The folders that `withMadeFolders` wrote into a unit. */
export function foldersMadeFor(unit: string): string[] {
  const lines = unit.split("\n");
  const start = lines.indexOf(SECTION);
  if (start === -1) return [];
  return lines.slice(start).filter((line) => line.startsWith(KEY))
    .map((line) => line.slice(KEY.length));
}

/** Those of a path's folders that are not there yet, the outermost first. */
export function missingFolders(path: string, isThere: (folder: string) => boolean): string[] {
  const folder = dirname(path);
  return folder === path || isThere(folder) ? [] : [...missingFolders(folder, isThere), folder];
}

/** Removes folders, those within others first. What somebody has come to use stays. */
export function removeEmptyFolders(folders: readonly string[]): void {
  for (const folder of folders.toSorted().toReversed()) {
    if (isEmptyFolder(folder)) Deno.removeSync(folder);
  }
}

function isEmptyFolder(path: string): boolean {
  try {
    return Deno.readDirSync(path)[Symbol.iterator]().next().done === true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
