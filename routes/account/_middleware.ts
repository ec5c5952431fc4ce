import { signedIn } from "@/routes/(_shared)/session.ts";
import { GlassError } from "@/services/errors.ts";
import { define } from "@/utils.ts";

/** Programs have no account page: a token that could make tokens or passwords would outlive itself. */
export default define.middleware(async (ctx) => {
  if (signedIn(ctx.state).csrf === undefined) {
    throw new GlassError("FORBIDDEN", "An account is changed in a browser that has signed in.");
  }
  const response = await ctx.next();
  // Secrets that are shown once stay in no cache.
  response.headers.set("cache-control", "no-store");
  return response;
});
