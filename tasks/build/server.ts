import { resolve } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { commitOf } from "./commit.ts";
import { inASCII } from "./in_ascii.ts";
import { lateImports } from "./late_imports.ts";
import { type BuildOptions, viteConfig } from "./options.ts";
import { ownCopy } from "./own_copy.ts";

/**
 * The server in modules by the names of their files: `server.js` begins, `serve` is what every server
 * needs, and what `import()` asks for is in modules of its own. It starts several times faster than
 * from its sources.
 */
export async function bundleServer(
  options: BuildOptions,
  entry: string,
): Promise<Map<string, string>> {
  const { root } = options;
  const fresh = resolve(import.meta.dirname!, "../../fresh");
  const { output } = await build({
    ...viteConfig(options),
    define: { VIRTGLASS_COMMIT: JSON.stringify(await commitOf(root)) },
    plugins: [browserOnly(root), precompiledJSX(root), ownCopy(`${root}/services/config/zod.ts`)],
    resolve: {
      alias: [
        { find: "fresh/runtime", replacement: resolve(fresh, "runtime.ts") },
        { find: "fresh", replacement: resolve(fresh, "mod.ts") },
        { find: /^@\//, replacement: `${root}/` },
      ],
    },
    ssr: {
      target: "node",
      noExternal: true,
      // Packages that know Deno then leave Node's modules alone, which take ms to load.
      resolve: { conditions: ["deno", "module", "production"] },
    },
    build: {
      write: false,
      ssr: true,
      target: "esnext",
      rolldownOptions: {
        input: resolve(root, entry),
        output: {
          entryFileNames: "server.js",
          chunkFileNames: "[name]-[hash].js",
          // Whatever every start of a server needs, in two: each module takes a while to be found. The
          // gate and its page come first; what is behind the gate is read when that is open.
          codeSplitting: {
            groups: [
              { name: "serve", test: /\/(cli\/(main|serve)\.ts|routes\/login\.tsx)$/, priority: 2 },
              { name: "services", test: /\/services\/mod\.ts$/, priority: 1 },
            ],
          },
          // Smaller parses faster; what has a name in a stack trace keeps it.
          minify: {
            compress: true,
            mangle: { toplevel: true, keepNames: { function: true, class: true } },
            codegen: { removeWhitespace: true },
          },
        },
      },
    },
  }) as Rolldown.RolldownOutput;
  return new Map(output.map((item) => {
    if (item.type !== "chunk") throw new Error(`"${item.fileName}" is no module`);
    return [item.fileName, inASCII(lateImports(item.code))];
  }));
}

/** Leaves out what islands import in the browser alone: `import()` in an effect never runs here. */
function browserOnly(root: string): Plugin {
  const id = "\0browser-only";
  return {
    name: "browser-only",
    enforce: "pre",
    resolveDynamicImport: (_specifier, importer) =>
      importer?.startsWith(`${root}/islands/`) ? { id } : null,
    resolveId: (source) => source === id ? id : null,
    load: (source) => source === id ? "export {};" : null,
  };
}

/**
 * JSX as Deno compiles it by deno.json (`"jsx": "precompile"`): HTML that never changes is text
 * already. Vite would make a call of every element, and pages take twice as long to render.
 */
function precompiledJSX(root: string): Plugin {
  return {
    name: "precompiled-jsx",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(".tsx") || id.includes("/node_modules/")) return null;
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["transpile", "--no-check", id],
        cwd: root,
      }).output();
      const decoder = new TextDecoder();
      if (!success) throw new Error(`${id} cannot be compiled: ${decoder.decode(stderr)}`);
      return { code: decoder.decode(stdout), moduleType: "js" };
    },
  };
}
