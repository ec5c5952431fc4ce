import { Login } from "@/protocol.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async POST({ req, state }) {
    const { username, password } = await readBody(req, Login);
    return Response.json(await state.services.sessions.login(username, password));
  },
});
