import { chooseEncoding } from "./encoding.ts";

const TYPE = "text/html; charset=utf-8";
/** Characters from which on a page is worth compressing. */
const WORTH = 1024;

/**
 * The page as the response to this request, compressed where the browser takes gzip. Left to itself Deno
 * would take brotli, which takes much longer over a page that is drawn anew each time, and makes it little smaller.
 */
export async function htmlResponse(
  request: Request,
  html: string,
  init: ResponseInit,
): Promise<Response> {
  const encoding = html.length < WORTH
    ? null
    : chooseEncoding(request.headers.get("accept-encoding"), ["gzip"]);
  if (encoding === null) return new Response(html, withHeaders(init, { "content-type": TYPE }));
  const headers = { "content-type": TYPE, "content-encoding": encoding, vary: "accept-encoding" };
  return new Response(await gzip(html), withHeaders(init, headers));
}

/** A plain object where it will do: Deno turns it into a response fastest. */
function withHeaders(init: ResponseInit, own: Record<string, string>): ResponseInit {
  if (init.headers === undefined) return { ...init, headers: own };
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(own)) {
    if (name === "vary") headers.append(name, value);
    else headers.set(name, value);
  }
  return { ...init, headers };
}

/** Loaded with the first page that needs it: a start reads nothing that it can do without. */
async function gzip(html: string): Promise<Uint8Array<ArrayBuffer>> {
  const { gzipSync } = await import("node:zlib");
  return new Uint8Array(gzipSync(html));
}
