import type { Middleware } from "fresh";
import type { State } from "@/services/mod.ts";

/**
 * What a page may load: its own scripts, styles and sockets, nothing inline and nothing foreign. The
 * terminal writes style elements of its own, so pages with one allow inline styles; no page allows
 * inline scripts.
 */
function contentSecurityPolicy(terminal: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${terminal ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const PLAIN = contentSecurityPolicy(false);
const TERMINAL = contentSecurityPolicy(true);
/** Pages with a terminal: VMs with their consoles, and replays of those. */
const WITH_TERMINAL = /^\/(vms|recordings)\/./;

/** Stands outside of all routes, so that error pages have the headers too. */
export const securityHeaders: Middleware<State> = async (ctx) => {
  const response = await ctx.next();
  // An upgraded socket's response cannot be changed, and no document comes of it.
  if (response.status === 101) return response;
  const { headers } = response;
  headers.set(
    "content-security-policy",
    WITH_TERMINAL.test(ctx.url.pathname) ? TERMINAL : PLAIN,
  );
  headers.set("x-content-type-options", "nosniff");
  // Not "no-referrer": with that browsers send "Origin: null" with the forms of our own pages.
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-cache");
  return response;
};
