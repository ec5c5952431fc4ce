import { join } from "node:path";
import { isSpecial } from "../../fresh/folders.ts";
import { isPrivate } from "../../fresh/patterns.ts";
import { modulesIn } from "./files.ts";
import { importsOf } from "./imports.ts";

/**
 * Text of manifest_gen.ts: the routes of a project, with the islands that each draws, as imports, so that
 * type checker, bundler and server see the same ones. What every request passes is imported at the
 * start. The rest is imported when it is first asked for: it takes time to load and memory, and the
 * first page needs little of it.
 */
export function manifestSource(root: string): string {
  const imports = ['import type { Manifest } from "fresh";'];
  const now = (path: string) => {
    const name = `module${imports.length}`;
    imports.push(`import * as ${name} from ${JSON.stringify(`./${path}`)};`);
    return name;
  };
  const later = (path: string) => `await import(${JSON.stringify(`./${path}`)})`;

  const paths = modulesIn(join(root, "routes")).filter((path) => !isPrivate(path));
  const isNow = (path: string) => isSpecial(path) && !isLayout(path);
  const routes = paths.map((path) => {
    const file = `routes/${path}`;
    if (isNow(path)) return `    ${JSON.stringify(path)}: ${now(file)},`;
    const islands = islandsOf(root, file)
      .map((island) => `${JSON.stringify(island)}: ${later(`islands/${island}`)}`);
    const known = islands.length === 0 ? "" : `, islands: { ${islands.join(", ")} }`;
    return `    ${JSON.stringify(path)}: async () => ({ module: ${later(file)}${known} }),`;
  });
  const islands = new Set(paths.filter(isNow).flatMap((path) => islandsOf(root, `routes/${path}`)));
  const drawnNow = Array.from(
    islands,
    (island) => `    ${JSON.stringify(island)}: ${now(`islands/${island}`)},`,
  );
  return [
    "// Written by tasks/manifest.ts from routes/ and islands/. Do not edit.",
    ...imports,
    "",
    "export const manifest: Manifest = {",
    "  routes: {",
    ...routes,
    "  },",
    ...(drawnNow.length === 0 ? ["  islands: {},"] : ["  islands: {", ...drawnNow, "  },"]),
    "};",
    "",
  ].join("\n");
}

const isLayout = (path: string) => /(^|\/)_layout\.[jt]sx?$/.test(path);

/** The islands that a file may draw, itself or by what it imports: paths in islands/. */
function islandsOf(root: string, file: string): string[] {
  const all = new Set(islandsIn(root).map((path) => `islands/${path}`));
  const seen = new Set([file]);
  // A set's later additions are met by the same loop.
  for (const from of seen) {
    for (const { to, type } of importsOf(root, from)) {
      if (!type && !to.startsWith("npm:") && /\.tsx?$/.test(to)) seen.add(to);
    }
  }
  return [...seen].filter((path) => all.has(path)).map((path) => path.slice("islands/".length))
    .sort();
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
