import { lookCookie, lookOf, readLook } from "@/routes/(_shared)/look.ts";
import { safeNext } from "@/routes/(_shared)/next.ts";
import { define } from "@/utils.ts";

/**
 * Keeps how this browser's pages are to look, and comes back to `?next=`. What the form says nothing of
 * stays: whoever signs in can choose a language only.
 */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await ctx.req.formData();
    const look = lookOf({ ...readLook(ctx.req), ...Object.fromEntries(form) });
    const response = ctx.redirect(safeNext(ctx.url), 303);
    response.headers.append("set-cookie", lookCookie(look));
    return response;
  },
});
