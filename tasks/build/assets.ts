import { join } from "node:path";
import type { AssetManifest } from "../../fresh/assets.ts";
import { hashOf, writeAsset } from "./asset_files.ts";
import { bundleBrowser } from "./browser.ts";
import { filesIn } from "./files.ts";
import type { BuildOptions } from "./options.ts";
import { languagesIn } from "./texts.ts";

/**
 * Builds what browsers load into `folder`, and the manifest that the server reads. Every build
 * writes the manifest last and under a new name, so that a running server never sees half of it.
 */
export async function buildAssets(options: BuildOptions, folder: string): Promise<AssetManifest> {
  const compress = !options.development;
  const copied = new Map(
    filesIn(join(options.root, "static"))
      .filter((path) => !path.endsWith(".css"))
      .map((path) => [`/${path}`, Deno.readFileSync(join(options.root, "static", path))]),
  );
  const assets = Object.fromEntries(
    [...copied].map(([address, content]) => [address, `${address}?v=${hashOf(content)}`]),
  );
  const manifest: AssetManifest = { scripts: {}, assets: { ...assets }, files: {} };
  const files = new Map<string, string | Uint8Array>();
  const bundles = await Promise.all(
    languagesIn(options.root).map(async (language) =>
      [language, await bundleBrowser(options, assets, language)] as const
    ),
  );
  for (const [language, bundle] of bundles) {
    manifest.scripts[language] = { client: bundle.client, islands: bundle.islands };
    Object.assign(manifest.assets, bundle.styles);
    // What says nothing is the same in every language, and has the same name.
    for (const [address, content] of bundle.files) files.set(address, content);
  }
  if (!options.development) Deno.mkdirSync(folder, { recursive: true });
  const write = async (address: string, content: string | Uint8Array, immutable: boolean) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    manifest.files[address] = await writeAsset(folder, address, bytes, { immutable, compress });
  };
  for (const [address, content] of copied) await write(address, content, false);
  for (const [address, content] of files) await write(address, content, true);

  const path = join(folder, "manifest.json");
  await Deno.writeTextFile(`${path}.new`, JSON.stringify(manifest));
  await Deno.rename(`${path}.new`, path);
  return manifest;
}
