import { relative, resolve } from "node:path";
import { build, type Plugin, type Rolldown } from "vite";
import type { IslandAssets } from "../../fresh/assets.ts";
import { modulesIn } from "./files.ts";
import { islandsIn } from "./manifest_source.ts";
import { type BuildOptions, viteConfig } from "./options.ts";
import { textsOf } from "./texts.ts";

/** What the browser loads: contents by address, and the addresses the server asks for. */
export interface BrowserBundle {
  files: Map<string, string | Uint8Array>;
  client: string;
  islands: Record<string, IslandAssets>;
  /** Address of each bundled style sheet, by its path in static/. */
  styles: Record<string, string>;
}

/** What islands of every page stand on, and what the bar of every page is made of. */
const BASICS =
  /node_modules\/preact\/|\/fresh\/client\/|\/islands\/(Connection|LibvirtBanner)\.tsx$|\/islands\/hooks\/(useEvents|useNow|events_feed|shared_socket|socket|backoff|heartbeat|link|wake|on_demand)\.ts$|\/components\/(format|number|listed|WarningSign|Num|StateBadge|Countdown)\.tsx?$|\/texts\/\w+\/(link|state)\.ts$/;

/** Islands of every page, which come with the script that brings islands to life. */
const EVERYWHERE = ["Connection.tsx", "LibvirtBanner.tsx"];

/** What the islands that tell of commands share: several small ones are several requests. */
const TELLING =
  /\/components\/(Icon|FormToken|Outcome|power|happened|moment)\.tsx?$|\/islands\/hooks\/(command_state|send_command)\.ts$/;

const fresh = resolve(import.meta.dirname!, "../../fresh");

/**
 * One module for each island, what they share in modules of their own, and the style sheets of
 * static/css with what they import, all in one language. `staticAssets` is what `asset()` answers in
 * the browser.
 */
export async function bundleBrowser(
  options: BuildOptions,
  staticAssets: Record<string, string>,
  language: string,
): Promise<BrowserBundle> {
  const { root, development } = options;
  const client = resolve(fresh, "client/main.ts");
  const islands = islandsIn(root);
  const everywhere = islands.filter((path) => EVERYWHERE.includes(path));
  const styles = modulesIn(resolve(root, "static"), /^css\/main\.css$/);
  const input = [
    client,
    ...islands.filter((path) => !everywhere.includes(path))
      .map((path) => resolve(root, "islands", path)),
    ...styles.map((path) => resolve(root, "static", path)),
  ];
  const output = await build({
    ...viteConfig(options),
    plugins: [
      staticAssetsModule(staticAssets),
      stylesOfImports(),
      textsOf(root, language),
      exportAlso(client, everywhere.map((path) => resolve(root, "islands", path))),
    ],
    oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
    resolve: {
      alias: [
        { find: "fresh/runtime", replacement: resolve(fresh, "client/runtime.ts") },
        { find: /^@\//, replacement: `${root}/` },
      ],
    },
    build: {
      write: false,
      target: "es2022",
      minify: !development,
      // Preloads are in the page, for exactly what its islands import.
      modulePreload: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: "strict",
        // A text that is a word or a sentence stands where it is used.
        optimization: { inlineConst: true },
        // Children as arguments are shorter than as a property, and need no runtime of their own.
        transform: { inject: { h: ["preact", "h"], Fragment: ["preact", "Fragment"] } },
        output: {
          // Every page needs them, so one request brings them.
          codeSplitting: {
            groups: [{ name: "basics", test: BASICS }, { name: "telling", test: TELLING }],
          },
        },
      },
    },
  });
  return describe(output as Rolldown.RolldownOutput, { root, client, islands, styles });
}

function staticAssetsModule(assets: Record<string, string>): Plugin {
  const id = "virtual:static-assets";
  return {
    name: "static-assets",
    resolveId: (source) => source === id ? `\0${id}` : null,
    load: (source) => source === `\0${id}` ? `export default ${JSON.stringify(assets)}` : null,
  };
}

/**
 * Vite's helper around every `import()`, which waits for the style sheets of what is imported; its own
 * one does far more, and weighs a kilobyte on every page.
 */
function stylesOfImports(): Plugin {
  const id = "\0vite/preload-helper.js";
  const code = `
    const styled = (path) => new Promise((done) => {
      const href = "/" + path;
      if (document.querySelector(\`link[href="\${href}"]\`)) return done();
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = href;
      link.onload = link.onerror = done;
      document.head.append(link);
    });
    export const __vitePreload = async (load, paths = []) => {
      await Promise.all(paths.filter((path) => path.endsWith(".css")).map(styled));
      return load();
    };`;
  return {
    name: "styles-of-imports",
    enforce: "pre",
    load: (source) => source === id ? code : null,
  };
}

/** Has `entry` export all that the others do, so that one module has all of them. */
function exportAlso(entry: string, others: string[]): Plugin {
  const exports = others.map((path) => `export * from ${JSON.stringify(path)};`);
  return {
    name: "export-also",
    enforce: "pre",
    transform: (code, id) => id === entry ? [code, ...exports].join("\n") : null,
  };
}

interface Inputs {
  root: string;
  client: string;
  islands: string[];
  styles: string[];
}

function describe({ output }: Rolldown.RolldownOutput, inputs: Inputs): BrowserBundle {
  const { root, client, islands, styles } = inputs;
  const chunks = output.filter((item) => item.type === "chunk");
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const chunkOf = (path: string) => {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId === path);
    if (!chunk) throw new Error(`${relative(root, path)} is not in the bundle`);
    return chunk;
  };
  const address = (fileName: string) => `/${fileName}`;

  const islandAssets = (path: string): [string, IslandAssets] => {
    const module = chunkOf(EVERYWHERE.includes(path) ? client : resolve(root, "islands", path));
    const all = withImports(module, byFile);
    return [path.replace(/\.[jt]sx?$/, ""), {
      module: address(module.fileName),
      imports: all.slice(1).map(({ fileName }) => address(fileName)),
      css: all.flatMap(({ viteMetadata }) => [...viteMetadata?.importedCss ?? []].map(address)),
    }];
  };
  const styleAddress = (path: string): [string, string] => {
    const asset = output.find((item) =>
      item.type === "asset" && item.originalFileNames.includes(`static/${path}`)
    );
    if (!asset) throw new Error(`static/${path} is not in the bundle`);
    return [`/${path}`, address(asset.fileName)];
  };
  return {
    files: new Map(
      output.map((item) => [
        address(item.fileName),
        item.type === "chunk" ? item.code : item.source,
      ]),
    ),
    client: address(chunkOf(client).fileName),
    islands: Object.fromEntries(islands.map(islandAssets)),
    styles: Object.fromEntries(styles.map(styleAddress)),
  };
}

/** The chunk and what it imports statically, at any depth. */
function withImports(
  chunk: Rolldown.OutputChunk,
  byFile: Map<string, Rolldown.OutputChunk>,
  found = new Set<Rolldown.OutputChunk>(),
): Rolldown.OutputChunk[] {
  found.add(chunk);
  for (const fileName of chunk.imports) {
    const imported = byFile.get(fileName);
    if (imported && !found.has(imported)) withImports(imported, byFile, found);
  }
  return [...found];
}
