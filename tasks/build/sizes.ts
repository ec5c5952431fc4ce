import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { AssetManifest } from "../../fresh/assets.ts";

/** What each island costs a page that has no other one, and the rest, in kB as sent with gzip. */
export function sizeTable(
  manifest: AssetManifest,
  folder: string,
  server: ReadonlyMap<string, string>,
): string {
  const rows = Object.entries(manifest.scripts).flatMap(([language, { client, islands }]) =>
    Object.entries(islands).map(([name, { module, imports }]) => {
      const loaded = new Set([client, module, ...imports]);
      return row(`${language} island ${name}`.trim(), sent(folder, [...loaded]));
    })
  );
  const all = Object.keys(manifest.files);
  return [
    ...rows,
    row("all scripts", sent(folder, all.filter((path) => path.endsWith(".js")))),
    row("all styles", sent(folder, all.filter((path) => path.endsWith(".css")))),
    ...[...server].map(([file, code]) => row(`dist/${file}, as it is`, code.length)),
  ].join("\n");
}

function sent(folder: string, addresses: string[]): number {
  return addresses
    .map((address) => join(folder, address))
    .map((path) => statSync(existsSync(`${path}.gzip`) ? `${path}.gzip` : path).size)
    .reduce((sum, size) => sum + size, 0);
}

const row = (name: string, size: number) =>
  `${name.padEnd(32)} ${(size / 1000).toFixed(1).padStart(8)} kB`;
