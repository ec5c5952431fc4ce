import { resolve } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import { commitOf } from "./commit.ts";
import { type BuildOptions, viteConfig } from "./options.ts";

/**
 * Packages that are large and seldom asked for: each is a module of its own, read by the first
 * `import()` of it. In the server's module they would take time and memory at every start.
 */
const APART = ["@peculiar/x509", "@zxcvbn-ts/core", "@zxcvbn-ts/language-common"];

/** Before a package's name: a module that exports all that the package does. */
const ALL_OF = "all-of:";

const fileOf = (name: string) => `${name.replace(/^@/, "").replaceAll("/", "-")}.js`;

/**
 * The server in one module, beside which lie only packages that are read when they are needed: it
 * starts several times faster. Modules by the names of their files; the first is the server.
 */
export async function bundleServer(
  options: BuildOptions,
  entry: string,
): Promise<Map<string, string>> {
  const modules: [file: string, code: string][] = [
    ["server.js", await bundle(options, resolve(options.root, entry))],
  ];
  for (const name of APART) modules.push([fileOf(name), await bundle(options, `${ALL_OF}${name}`)]);
  return new Map(modules);
}

async function bundle(options: BuildOptions, input: string): Promise<string> {
  const { root } = options;
  const fresh = resolve(import.meta.dirname!, "../../fresh");
  const output = await build({
    ...viteConfig(options),
    define: { VIRTGLASS_COMMIT: JSON.stringify(await commitOf(root)) },
    plugins: [browserOnly(root), apart(), precompiledJSX(root)],
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
        input,
        output: {
          codeSplitting: false,
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
  const [chunk, ...others] = output.output;
  if (others.length > 0) throw new Error(`${input} did not become one module`);
  return chunk.code;
}

/** Leaves the packages that are modules of their own where they are: beside the server's. */
function apart(): Plugin {
  return {
    name: "apart",
    enforce: "pre",
    resolveDynamicImport: (specifier) =>
      typeof specifier === "string" && APART.includes(specifier)
        ? { id: `./${fileOf(specifier)}`, external: true }
        : null,
    resolveId: (source) => source.startsWith(ALL_OF) ? source : null,
    load: (id) => id.startsWith(ALL_OF) ? `export * from "${id.slice(ALL_OF.length)}";` : null,
  };
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
