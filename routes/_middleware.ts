import { HttpError } from "fresh";
import { GlassError, problemResponse } from "@/services/errors.ts";
import { log } from "@/services/log.ts";
import { bounded } from "@/routes/(_shared)/bounded.ts";
import { demandSameOrigin } from "@/routes/(_shared)/origin.ts";
import { define } from "@/utils.ts";

/** Pages that need nobody signed in. REST and sockets ask in their own folders. */
const OPEN = /^\/(login|healthz|readyz|metrics|api|ws)(\/|$)/;

/** What programs ask for: they are told what went wrong by a problem document. */
const PROGRAMS = /^\/(api|ws)\//;

/** Errors of the services become statuses here, so that _error.tsx draws them. */
const errors = define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    if (error instanceof GlassError) {
      if (PROGRAMS.test(ctx.url.pathname)) return problemResponse(error);
      throw new HttpError(error.status, error.message);
    }
    if (!(error instanceof HttpError)) log.error("Request failed: {error}", { error });
    throw error;
  }
});

const identify = define.middleware(async (ctx) => {
  demandSameOrigin(ctx.req, ctx.url);
  ctx.req = await bounded(ctx.req);
  const { pathname, search } = ctx.url;
  if (pathname.startsWith("/ws/")) return await ctx.next();
  const { sessions, limits } = ctx.state.services;
  ctx.state.session = await sessions.identify(ctx.req);
  await limits.request(ctx.state.session?.user.name ?? null, ctx.state.address);
  if (ctx.state.session !== null || OPEN.test(pathname)) return await ctx.next();
  const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
  return ctx.redirect(`/login${next}`, 303);
});

export default [errors, identify];
