import { HttpError } from "fresh";
import { asGlassError, GlassError, problemResponse } from "@/services/errors.ts";
import { define } from "@/utils.ts";

/** Sockets are refused before the upgrade, by status and a problem document. */
const problems = define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    return problemResponse(asGlassError(error));
  }
});

/** `?token=` is taken on sockets only: browsers cannot set a header on those. */
const identify = define.middleware(async (ctx) => {
  const { sessions, limits } = ctx.state.gate;
  const session = await sessions.identify(ctx.req, ctx.url.searchParams.get("token"));
  limits.request(session?.user.name ?? null, ctx.state.address);
  if (session === null) {
    throw new GlassError("UNAUTHENTICATED", "The token is missing, wrong or expired.");
  }
  ctx.state.session = session;
  ctx.state.services = await ctx.state.open();
  await ctx.state.services.firstAnswer;
  return await ctx.next();
});

export default [problems, identify];
