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
 * Has modules import the texts of one language in the place of texts/mod.ts and its parts, which have
 * all of them, and each area from its own file: the browser gets no other language, and of this one only
 * what a page uses. Through one module for all areas, every page would get the functions of all others.
 */
export function textsOf(root: string, language: string): Plugin {
  const folder = resolve(root, "texts", language);
  const areas = areasIn(folder);
  return {
    name: "texts-of-one-language",
    enforce: "pre",
    transform: (code, id) =>
      code.includes('from "@/texts/') && !id.includes("/node_modules/")
        ? code.replace(IMPORT, (_, names: string) => ofOneLanguage(names, folder, areas, language))
        : null,
  };
}

const IMPORT = /import \{([^}]*)\} from "@\/texts\/(?:mod|gate|spoken)\.ts";/g;

function ofOneLanguage(
  names: string,
  folder: string,
  areas: ReadonlyMap<string, string>,
  language: string,
): string {
  return names.split(",").map((each) => each.trim()).filter(Boolean).map((each) => {
    const [name, local = name] = each.split(" as ");
    if (name === "language") return `const ${local} = ${JSON.stringify(language)};`;
    const file = areas.get(name!);
    if (!file) throw new Error(`texts/${language}/mod.ts has no "${name}"`);
    return `import * as ${local} from ${JSON.stringify(resolve(folder, file))};`;
  }).join(" ");
}

/** The files of a language's areas, by their names: what its mod.ts exports, and the parts of it. */
function areasIn(folder: string, list = "mod.ts"): Map<string, string> {
  let source: string;
  try {
    source = Deno.readTextFileSync(resolve(folder, list));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw error;
  }
  const lines = source.matchAll(/export \* as (\w+) from "(.*)";/g);
  const parts = source.matchAll(/export \* from "(.*)";/g);
  return new Map([
    ...Array.from(lines, ([, name, file]) => [name!, file!] as const),
    ...Array.from(parts, ([, part]) => [...areasIn(folder, part)]).flat(),
  ]);
}
