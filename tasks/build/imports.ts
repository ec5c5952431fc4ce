import { join } from "node:path/posix";
import { parseSync } from "vite";

/** One import or re-export of a module. */
export interface Import {
  /** The importing file, from the project's folder. */
  from: string;
  /** A file from the project's folder, such as "services/hub.ts", or a package, such as "npm:zod". */
  to: string;
  /** Whether nothing of it is left when the code runs. */
  type: boolean;
  /** Whether it is an `import()`, which waits until the code comes to it. */
  late: boolean;
}

/** All imports of `file`, a path from `project`. */
export function importsOf(project: string, file: string): Import[] {
  const source = Deno.readTextFileSync(join(project, file));
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = (specifier: string, type: boolean, late = false) => ({
    from: file,
    to: resolve(file, specifier),
    type,
    late,
  });
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) =>
      found(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType))
    ),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [found(moduleRequest.value, isType)] : []
      )
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const specifier = /^["'](.+)["']$/.exec(source.slice(start, end))?.[1];
      // One that is computed names an address, and no file of ours.
      return specifier === undefined ? [] : [found(specifier, false, true)];
    }),
  ];
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return join(from, "..", specifier);
  if (specifier === "fresh" || specifier === "fresh/runtime") return "fresh/mod.ts";
  return `npm:${specifier}`;
}
