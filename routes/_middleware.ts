import { HttpError } from "fresh";
import { pathAndQuery } from "@/routes/(_shared)/address.ts";
import { bounded } from "@/routes/(_shared)/bounded.ts";
import { demandCSRFToken } from "@/routes/(_shared)/csrf.ts";
import { languageFor } from "@/routes/(_shared)/language.ts";
import { demandSameOrigin } from "@/routes/(_shared)/origin.ts";
import { GlassError, problemResponse } from "@/services/errors.ts";
import { log } from "@/services/log.ts";
import { learn } from "@/texts/spoken.ts";
import { define } from "@/utils.ts";

/** What needs nobody signed in. REST and sockets ask in their own folders. */
const OPEN = /^\/(login|setup|look|healthz|readyz|metrics|api|ws)(\/|$)/;

/** What needs nothing but the gate, and is there before everything else. */
const AT_THE_GATE = /^\/(login|setup|look)$/;

/** What programs ask for: they are told what went wrong by a problem document. */
const PROGRAMS = /^\/(api|ws)\//;

/** Pages are drawn without waiting for anything: the texts that this one needs are there before. */
const language = define.middleware(async (ctx) => {
  await learn(languageFor(ctx.req));
  return await ctx.next();
});

/** Errors of the services become statuses here, so that _error.tsx draws them. */
const errors = define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    if (error instanceof GlassError) {
      if (PROGRAMS.test(ctx.url.pathname)) return problemResponse(error);
      throw new HttpError(error.status, error.message, { cause: error });
    }
    if (!(error instanceof HttpError)) log.error("Request failed: {error}", { error });
    throw error;
  }
});

const identify = define.middleware(async (ctx) => {
  demandSameOrigin(ctx.req, ctx.url);
  ctx.req = await bounded(ctx.req);
  const { pathname } = ctx.url;
  if (pathname.startsWith("/ws/")) return await ctx.next();
  const { sessions, limits, firstRun } = ctx.state.gate;
  const session = ctx.state.session = await sessions.identify(ctx.req);
  limits.request(session?.user.name ?? null, ctx.state.address);
  // Whoever signs in again, from a page of before, has nothing to show yet.
  if (pathname !== "/login") await demandCSRFToken(ctx.req, session);
  if (session === null && !OPEN.test(pathname)) {
    if (firstRun.needed) return ctx.redirect("/setup", 303);
    const next = pathAndQuery(ctx.url);
    return ctx.redirect(next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`, 303);
  }
  if (AT_THE_GATE.test(pathname)) return await ctx.next();
  const services = ctx.state.services = await ctx.state.open();
  if (session !== null) await services.firstAnswer;
  return await ctx.next();
});

export default [language, errors, identify];
