import { NewTicket } from "@/protocol/incoming/bodies.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async POST({ req, state }) {
    const { path } = await readBody(req, NewTicket);
    return Response.json(await state.gate.sessions.ticket(signedIn(state), path));
  },
});
