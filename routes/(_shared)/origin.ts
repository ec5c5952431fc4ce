import { GlassError } from "@/services/errors.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Other sites' pages can make a browser send its cookie along: what changes something, and every
 * socket, must come from a page of ours when it comes from a page at all.
 *
 * @throws GlassError FORBIDDEN
 */
export function demandSameOrigin(request: Request, url: URL): void {
  const upgrade = request.headers.has("upgrade");
  if (SAFE.has(request.method) && !upgrade) return;
  const origin = request.headers.get("origin");
  if (origin === null || origin === url.origin) return;
  throw new GlassError("FORBIDDEN", `Requests from pages of ${origin} are refused.`);
}
