import type { Middleware } from "fresh";
import { tellLanguage } from "@/routes/(_shared)/language.ts";
import type { State } from "@/services/mod.ts";
import { isLoopback } from "@/services/network/addresses.ts";

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

/** What pages may ask of the browser: the clipboard and the whole screen for the terminal. */
const PERMISSIONS = [
  "clipboard-read=(self)",
  "clipboard-write=(self)",
  "fullscreen=(self)",
  ...["camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment"],
  ...["publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"],
].map((feature) => feature.includes("=") ? feature : `${feature}=()`).join(", ");

/**
 * Seconds for which browsers that were here may only come back by TLS. A month: it holds for the other
 * ports of this name too, and whoever finds that too much is rid of it in a month.
 */
const HSTS = 30 * 24 * 3600;

export interface SecurityHeadersOptions {
  /** Whether TLS is ours, with a certificate that somebody vouches for and renews. */
  lastingTLS(): boolean;
}

/** Stands outside of all routes, so that error pages have the headers too. */
export function securityHeaders({ lastingTLS }: SecurityHeadersOptions): Middleware<State> {
  return async function setSecurityHeaders(ctx) {
    const response = await ctx.next();
    // An upgraded socket's response cannot be changed, and no document comes of it.
    if (response.status === 101) return response;
    tellLanguage(ctx.req, response);
    const { headers } = response;
    headers.set(
      "content-security-policy",
      WITH_TERMINAL.test(ctx.url.pathname) ? TERMINAL : PLAIN,
    );
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", referrerPolicy(ctx.url));
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("permissions-policy", PERMISSIONS);
    if (lastingTLS()) headers.set("strict-transport-security", `max-age=${HSTS}`);
    if (!headers.has("cache-control")) headers.set("cache-control", "private, no-cache");
    return response;
  };
}

/**
 * With "no-referrer" browsers send "Origin: null" with our own forms, and `Sec-Fetch-Site` says that
 * they are ours. Where a browser does not trust the way here, which is where neither TLS nor loopback
 * is, it sends no such header.
 */
function referrerPolicy({ protocol, hostname }: URL): string {
  return protocol === "https:" || isLoopback(hostname) ? "no-referrer" : "same-origin";
}
