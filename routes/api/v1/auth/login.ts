import { Login } from "@/protocol/incoming/bodies.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { client } from "@/routes/(_shared)/client.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async POST({ req, state }) {
    const { username, password, ...code } = await readBody(req, Login);
    const { sessions, signIns } = state.gate;
    const from = { ...client(req, state), ...code };
    const signIn = () => sessions.login(username, password, from);
    return Response.json(await signIns.attempt(username, state.address, signIn));
  },
});
