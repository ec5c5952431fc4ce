import type { Plugin } from "vite";

/** Ends the names of the modules of a copy. */
const MARK = "?own";

/**
 * Gives a module its own copy of the library that it imports, cut down to what it uses. A library that
 * many use has one module for all of them, and whoever needs a little of it at once waits for the whole.
 *
 * @param file path of the module
 */
export function ownCopy(file: string): Plugin {
  return {
    name: "own-copy",
    enforce: "pre",
    async resolveId(source, importer) {
      if (importer !== file && !importer?.endsWith(MARK)) return null;
      const found = await this.resolve(source, importer.replace(MARK, ""), { skipSelf: true });
      return found && { ...found, id: found.id + MARK };
    },
    load: (id) => id.endsWith(MARK) ? Deno.readTextFile(id.slice(0, -MARK.length)) : null,
  };
}
