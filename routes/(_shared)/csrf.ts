import { GlassError } from "@/services/errors.ts";
import type { Session } from "@/services/mod.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const FORM = /^application\/x-www-form-urlencoded *(;|$)/i;
const MAX_FORM = 64 * 1024;

/**
 * What changes something and is allowed by a cookie must bring the session's CSRF token along: forms in
 * their field `csrf`, everything else in the header `X-CSRF-Token`. A browser sends the cookie for
 * whoever asks it to, the token only our own pages know.
 *
 * @throws GlassError FORBIDDEN
 */
export async function demandCSRFToken(request: Request, session: Session | null): Promise<void> {
  if (SAFE.has(request.method) || session?.csrf === undefined) return;
  const shown = request.headers.get("x-csrf-token") ?? await formToken(request);
  if (shown === session.csrf) return;
  throw new GlassError(
    "FORBIDDEN",
    shown === null
      ? "The request lacks the token of its page: requests with the session's cookie need the header X-CSRF-Token, forms the field csrf."
      : "The page is of an earlier session: load it again, then send the form once more.",
  );
}

/** Reads a copy, since the form itself is its handler's. */
async function formToken(request: Request): Promise<string | null> {
  if (!FORM.test(request.headers.get("content-type") ?? "")) return null;
  if (Number(request.headers.get("content-length") ?? Infinity) > MAX_FORM) return null;
  return new URLSearchParams(await request.clone().text()).get("csrf");
}
