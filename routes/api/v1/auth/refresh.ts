import { Refresh } from "@/protocol/incoming/bodies.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async POST({ req, state }) {
    const { refreshToken } = await readBody(req, Refresh);
    return Response.json(await state.gate.sessions.refresh(refreshToken, state.address));
  },
});
