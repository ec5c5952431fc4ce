/** What `deno task build` says about the files of the browser; see tasks/build.ts. */
export interface AssetManifest {
  /** By the language that they speak; "" where the project has no texts. */
  scripts: Record<string, Scripts>;
  /** Address with a hash, by path in static/. */
  assets: Record<string, string>;
  files: Record<string, AssetFile>;
}

export interface Scripts {
  /** Module that brings islands to life. */
  client: string;
  islands: Record<string, IslandAssets>;
}

/** Addresses of an island's module, of what the module imports, and of their style sheets. */
export interface IslandAssets {
  module: string;
  imports: string[];
  css: string[];
}

export interface AssetFile {
  type: string;
  /** Hash of the content. */
  hash: string;
  /** Whether the hash is part of the file's name. */
  immutable: boolean;
  /** Content codings that copies of the file exist in; with "gzip" among them it exists in no other. */
  encodings: string[];
}

/** Folder of the files of a development build: set by tasks/dev.ts, never in production. */
export const development: string | null = Deno.env.get("FRESH_DEV") || null;

const nothing: AssetManifest = { scripts: {}, assets: {}, files: {} };

// In the bundle (dist/server.js, also within the executable) `static` is beside this code; in a
// checkout it is in ../dist.
const here = import.meta.dirname ?? ".";
let folder = [
  ...(development ? [development] : []),
  `${here}/static`,
  `${here}/../dist/static`,
].find(hasManifest);
let loaded: AssetManifest | null = null;

function hasManifest(path: string): boolean {
  try {
    return Deno.statSync(`${path}/manifest.json`).isFile;
  } catch {
    return false;
  }
}

/** Takes assets from this folder, until the returned function is called. For tests. */
export function useAssets(path: string): () => void {
  const before = folder;
  folder = path;
  loaded = null;
  return () => {
    folder = before;
    loaded = null;
  };
}

/** Empty when nothing was built. */
export function assetManifest(): AssetManifest {
  if (!folder) return nothing;
  // A development build changes it at any time.
  if (loaded && !development) return loaded;
  return loaded = JSON.parse(Deno.readTextFileSync(`${folder}/manifest.json`)) as AssetManifest;
}

/** Of the language of a page, or of any when nothing was built in that one; null without a build. */
export function scriptsIn(language: string): Scripts | null {
  const { scripts } = assetManifest();
  return scripts[language] ?? Object.values(scripts)[0] ?? null;
}

/** Where the file of this address is; only for addresses that the manifest lists. */
export function assetPath(address: string): string {
  return `${folder ?? here}${address}`;
}

export function assetURL(path: string): string {
  return assetManifest().assets[path] ?? path;
}
