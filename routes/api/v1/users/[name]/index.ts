import { AccountChange } from "@/protocol/incoming/bodies.ts";
import { actor } from "@/routes/(_shared)/actor.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: ({ params, state }) =>
    Response.json(state.services.accounts.get(signedIn(state), params.name!)),

  async PATCH({ req, params, state }) {
    const session = signedIn(state);
    const change = await readBody(req, AccountChange);
    const { accounts } = state.services;
    return Response.json(await accounts.change(session, params.name!, change, actor(state)));
  },

  DELETE({ params, state }) {
    state.services.accounts.remove(signedIn(state), params.name!, actor(state));
    return new Response(null, { status: 204 });
  },
});
