import { resolve } from "node:path";
import type { Plugin } from "vite";

/** The languages of a project, by their folders in texts/; [""] when it has no texts. */
export function languagesIn(root: string): string[] {
  try {
    const folders = [...Deno.readDirSync(resolve(root, "texts"))].filter((it) => it.isDirectory);
    return folders.map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [""];
    throw error;
  }
}

/**
 * Puts the texts of one language in the place of texts/mod.ts, which has all of them: the browser gets
 * no other language, and of this one only what is used.
 */
export function textsOf(root: string, language: string): Plugin {
  const all = resolve(root, "texts/mod.ts");
  const one = resolve(root, `texts/${language}/mod.ts`);
  const code = `export * from ${JSON.stringify(one)};
    export const language = ${JSON.stringify(language)};`;
  return {
    name: "texts-of-one-language",
    enforce: "pre",
    load: (id) => id === all ? code : null,
  };
}
