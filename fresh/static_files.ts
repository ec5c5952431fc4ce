import { type AssetFile, assetManifest, assetPath } from "./assets.ts";
import type { Context } from "./context.ts";
import { devResponse } from "./dev.ts";
import { chooseEncoding } from "./encoding.ts";
import type { Middleware } from "./types.ts";

/**
 * Serves what the build has made for browsers. Only addresses that the manifest lists are served,
 * so no address can reach another file. Names and `?v=` with the content's hash may be kept for
 * ever; anything else is asked for again and answered 304 while it is the same.
 */
export function staticFiles<State>(): Middleware<State> {
  return async function serveStaticFile(ctx) {
    const { pathname } = ctx.url;
    const files = assetManifest().files;
    if (Object.hasOwn(files, pathname) && isReading(ctx.req)) {
      return await fileResponse(ctx, pathname, files[pathname]!);
    }
    return devResponse(ctx.req, pathname) ?? ctx.next();
  };
}

function isReading(request: Request): boolean {
  return request.method === "GET" || request.method === "HEAD";
}

async function fileResponse<State>(
  ctx: Context<State>,
  address: string,
  file: AssetFile,
): Promise<Response> {
  const encoding = chooseEncoding(ctx.req.headers.get("accept-encoding"), file.encodings);
  const etag = `"${file.hash}${encoding ? `-${encoding}` : ""}"`;
  const lasting = file.immutable || ctx.url.searchParams.get("v") === file.hash;
  const headers: Record<string, string> = {
    "content-type": file.type,
    "cache-control": lasting ? "public, max-age=31536000, immutable" : "no-cache",
    etag,
    ...(file.encodings.length > 0 && { vary: "accept-encoding" }),
  };
  if (isKnown(ctx.req.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  const content = await read(address, file, encoding);
  if (encoding) headers["content-encoding"] = encoding;
  headers["content-length"] = String(content.length);
  return new Response(ctx.req.method === "HEAD" ? null : content, { headers });
}

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (!ifNoneMatch) return false;
  return ifNoneMatch.split(",").some((each) => {
    const known = each.trim();
    return known === "*" || known.replace(/^W\//, "") === etag;
  });
}

// All of them together are some hundred kilobytes.
const contents = new Map<string, Uint8Array<ArrayBuffer>>();

async function read(
  address: string,
  { hash, encodings }: AssetFile,
  encoding: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = `${address} ${hash} ${encoding}`;
  let content = contents.get(key);
  if (!content) {
    const unpacked = encoding === null && encodings.includes("gzip");
    const coding = unpacked ? "gzip" : encoding;
    content = await Deno.readFile(assetPath(coding ? `${address}.${coding}` : address));
    if (unpacked) content = await unpack(content);
    contents.set(key, content);
  }
  return content;
}

async function unpack(gzip: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([gzip]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
