import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** A command that the asker gave, as it is now. */
export const handler = define.handlers({
  GET({ params, state }) {
    return Response.json(state.services.commands.find(signedIn(state), params.requestId!));
  },
});
