import { actor } from "@/routes/(_shared)/actor.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  DELETE({ params, state }) {
    state.services.accounts.resetSecondFactor(signedIn(state), params.name!, actor(state));
    return new Response(null, { status: 204 });
  },
});
