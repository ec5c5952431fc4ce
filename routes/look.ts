import { lookCookie, lookOf } from "@/routes/(_shared)/look.ts";
import { safeNext } from "@/routes/(_shared)/next.ts";
import { define } from "@/utils.ts";

/** Keeps how this browser's pages are to look, and comes back to `?next=`. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await ctx.req.formData();
    const look = lookOf(form.get("theme"), form.get("density"));
    const response = ctx.redirect(safeNext(ctx.url), 303);
    response.headers.append("set-cookie", lookCookie(look));
    return response;
  },
});
