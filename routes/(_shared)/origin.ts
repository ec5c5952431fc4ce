import { GlassError } from "@/services/errors.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Other sites' pages can make a browser send its cookie along: what changes something, and every
 * socket, must come from a page of ours when it comes from a page at all. Browsers name the page's
 * origin with both. Programs name none, and show a token: a cookie without an origin is refused.
 *
 * @param url the request's address as its client has it
 * @throws GlassError FORBIDDEN
 */
export function demandSameOrigin(request: Request, url: URL): void {
  const { headers } = request;
  const upgrade = headers.has("upgrade");
  if (SAFE.has(request.method) && !upgrade) return;
  const origin = headers.get("origin");
  if (origin === url.origin) return;
  if (origin === null) {
    if (!headers.has("cookie") || showsToken(headers, upgrade ? url : null)) return;
    if (!upgrade && isOwnForm(headers)) return;
    throw new GlassError("FORBIDDEN", "A cookie is taken from pages of this server alone.");
  }
  // A page that names no referrer names no origin with a form either. With a socket it always does.
  if (origin === "null" && !upgrade && isOwnForm(headers)) return;
  throw new GlassError("FORBIDDEN", `Requests from pages of ${origin} are refused.`);
}

/** No script can set this header: the browser says where the page comes from. */
const isOwnForm = (headers: Headers) => headers.get("sec-fetch-site") === "same-origin";

/** Whether a token is what counts: the cookie is looked at where there is none. */
function showsToken(headers: Headers, socket: URL | null): boolean {
  return /^Bearer +\S+$/i.test(headers.get("authorization") ?? "") ||
    socket?.searchParams.has("token") === true;
}
