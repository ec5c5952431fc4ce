import { actor } from "@/routes/(_shared)/actor.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  POST({ state }) {
    state.gate.sessions.logout(signedIn(state), actor(state));
    return new Response(null, { status: 204 });
  },
});
