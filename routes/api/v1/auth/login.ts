import { Login } from "@/protocol.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async POST({ req, state }) {
    const { username, password } = await readBody(req, Login);
    const { sessions, signIns } = state.services;
    const signIn = () => sessions.login(username, password);
    return Response.json(await signIns.attempt(username, state.address, signIn));
  },
});
