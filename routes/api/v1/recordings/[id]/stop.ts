import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async POST({ params, state }) {
    const { address, services: { recordings } } = state;
    return Response.json(await recordings.stop(signedIn(state), address, params.id!));
  },
});
