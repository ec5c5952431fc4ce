import { actor } from "@/routes/(_shared)/actor.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: (ctx) => ctx.redirect("/account", 303),

  async POST(ctx) {
    const { sessions } = ctx.state.gate;
    const session = signedIn(ctx.state);
    const form = await ctx.req.formData();
    if (form.has("others")) {
      sessions.endOthers(session, actor(ctx.state));
      return ctx.redirect("/account?done=others", 303);
    }
    sessions.end(session.user.name, String(form.get("id")), actor(ctx.state));
    return ctx.redirect("/account?done=session", 303);
  },
});
