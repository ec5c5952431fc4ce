import { resolve } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { commitOf } from "./commit.ts";
import { type BuildOptions, viteConfig } from "./options.ts";

/** The server in one module that imports nothing but what Deno has: it starts several times faster. */
export async function bundleServer(options: BuildOptions, entry: string): Promise<string> {
  const { root } = options;
  const fresh = resolve(import.meta.dirname!, "../../fresh");
  const output = await build({
    ...viteConfig(options),
    define: { VIRTGLASS_COMMIT: JSON.stringify(await commitOf(root)) },
    plugins: [browserOnly(root), precompiledJSX(root)],
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
      resolve: { conditions: ["deno", "module", "node", "production"] },
    },
    build: {
      write: false,
      ssr: true,
      target: "esnext",
      rolldownOptions: {
        input: resolve(root, entry),
        treeshake: {
          // Schemas that only tests and types use: each takes memory for as long as the server lives.
          manualPureFunctions: ["z", "outgoing", "incoming"],
        },
        output: {
          codeSplitting: false,
          // Smaller parses faster; the names stay, for the sake of stack traces.
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  }) as Rolldown.RolldownOutput;
  const [chunk, ...others] = output.output;
  if (others.length > 0) throw new Error(`${entry} did not become one module`);
  return chunk.code;
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
