import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { AssetFile } from "../../fresh/assets.ts";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const compressible = /^text\/|json|svg/;

/** Hash of a file's content, short enough for an address. */
export function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url").slice(0, 12);
}

/**
 * Writes a file for the browser: packed only, where it can be packed. The server unpacks it for a client
 * that takes no packed one, of which there is hardly any; and `deno compile`, which takes every script
 * that it embeds for a module and follows its imports, finds none.
 */
export async function writeAsset(
  folder: string,
  address: string,
  content: Uint8Array,
  options: { immutable: boolean; compress: boolean },
): Promise<AssetFile> {
  const type = types[extname(address)];
  if (!type) throw new Error(`${address}: files of this kind have no known content type`);
  const path = join(folder, address);
  mkdirSync(dirname(path), { recursive: true });
  const encodings: string[] = [];
  if (options.compress && compressible.test(type)) {
    for (const [encoding, compressed] of await compress(content)) {
      await Deno.writeFile(`${path}.${encoding}`, compressed);
      encodings.push(encoding);
    }
  }
  if (encodings.length === 0) await Deno.writeFile(path, content);
  return { type, hash: hashOf(content), immutable: options.immutable, encodings };
}

function compress(content: Uint8Array): Promise<[string, Uint8Array][]> {
  const best = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  };
  return Promise.all([
    promisify(brotliCompress)(content, best).then((data): [string, Uint8Array] => ["br", data]),
    promisify(gzip)(content, { level: 9 }).then((data): [string, Uint8Array] => ["gzip", data]),
  ]);
}
