import { join } from "node:path";
import { isSpecial } from "../../fresh/folders.ts";
import { isPrivate } from "../../fresh/patterns.ts";
import { modulesIn } from "./files.ts";

/**
 * Text of manifest_gen.ts: the routes and islands of a project as imports, so that type checker,
 * bundler and server see the same ones. What says something about a whole folder is imported at the
 * start, and what islands there are. The rest is imported when it is first asked for: it takes time to
 * load and memory, and the first page needs little of it.
 */
export function manifestSource(root: string): string {
  const imports = ['import type { Manifest } from "fresh";'];
  const entry = (folder: string, path: string) => {
    const lazy = folder === "routes" && !isSpecial(path);
    const file = JSON.stringify(`./${folder}/${path}`);
    if (lazy) return `    ${JSON.stringify(path)}: () => import(${file}),`;
    const name = `module${imports.length}`;
    imports.push(`import * as ${name} from ${file};`);
    return `    ${JSON.stringify(path)}: ${name},`;
  };
  const routes = modulesIn(join(root, "routes"))
    .filter((path) => !isPrivate(path))
    .map((path) => entry("routes", path));
  const islands = islandsIn(root).map((path) => entry("islands", path));
  return [
    "// Written by tasks/manifest.ts from routes/ and islands/. Do not edit.",
    ...imports,
    "",
    "export const manifest: Manifest = {",
    "  routes: {",
    ...routes,
    "  },",
    "  islands: {",
    ...islands,
    "  },",
    "};",
    "",
  ].join("\n");
}

/** Files with islands; islands/hooks holds what islands use, and is none. */
export function islandsIn(root: string): string[] {
  return modulesIn(join(root, "islands"), /\.tsx$/).filter((path) => !path.startsWith("hooks/"));
}

/** Writes manifest_gen.ts when it has changed, and says whether it had. */
export async function writeManifest(root: string): Promise<boolean> {
  const path = join(root, "manifest_gen.ts");
  const source = manifestSource(root);
  if (await readOr(path, "") === source) return false;
  await Deno.writeTextFile(path, source);
  return true;
}

async function readOr(path: string, missing: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return missing;
    throw error;
  }
}
