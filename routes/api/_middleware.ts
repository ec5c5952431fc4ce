import { HttpError } from "fresh";
import { asGlassError, GlassError, problemResponse } from "@/services/errors.ts";
import { log } from "@/services/log.ts";
import { define } from "@/utils.ts";

/** What answers without anybody being signed in. */
const OPEN = new Set([
  "/api/v1/auth/login",
  "/api/v1/auth/refresh",
  "/api/v1/openapi.json",
  "/api/docs",
]);

/** Every error of the API is a problem document. */
const problems = define.middleware(async (ctx) => {
  try {
    const response = await ctx.next();
    response.headers.set("cache-control", "no-store");
    return response;
  } catch (error) {
    const problem = error instanceof HttpError
      ? fromHttpError(error, ctx.url)
      : asGlassError(error);
    if (problem.code === "INTERNAL") log.error("Request failed: {error}", { error });
    return problemResponse(problem);
  }
});

function fromHttpError(error: HttpError, { pathname }: URL): GlassError {
  if (error.status === 404) return new GlassError("NOT_FOUND", `There is no "${pathname}".`);
  if (error.status === 405) return new GlassError("METHOD_NOT_ALLOWED", error.message);
  if (error.status === 400) return new GlassError("INVALID_MESSAGE", error.message);
  return asGlassError(error.cause ?? error);
}

const signedIn = define.middleware((ctx) => {
  if (ctx.state.session !== null || OPEN.has(ctx.url.pathname)) return ctx.next();
  throw new GlassError("UNAUTHENTICATED", "Sign in: send a token with Authorization: Bearer.");
});

export default [problems, signedIn];
