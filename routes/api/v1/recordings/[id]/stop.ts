import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  POST: async ({ params, state }) =>
    Response.json(await state.services.recordings.stop(signedIn(state), params.id!)),
});
