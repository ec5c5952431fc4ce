import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: ({ params, state }) =>
    Response.json(state.services.recordings.get(signedIn(state), params.id!)),

  async DELETE({ params, state }) {
    const { address, services: { recordings } } = state;
    await recordings.remove(signedIn(state), address, params.id!);
    return new Response(null, { status: 204 });
  },
});
