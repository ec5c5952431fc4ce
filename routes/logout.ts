import { actor } from "@/routes/(_shared)/actor.ts";
import { clearedCookie } from "@/services/identity/cookies.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  POST(ctx) {
    const { session, gate } = ctx.state;
    if (session) gate.sessions.logout(session, actor(ctx.state));
    const response = ctx.redirect("/login", 303);
    response.headers.append("set-cookie", clearedCookie(ctx.req));
    return response;
  },
});
