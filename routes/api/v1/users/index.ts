import { NewAccount } from "@/protocol/incoming/bodies.ts";
import { actor } from "@/routes/(_shared)/actor.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: ({ state }) => Response.json(state.services.accounts.list(signedIn(state))),

  async POST({ req, state }) {
    const session = signedIn(state);
    const wanted = await readBody(req, NewAccount);
    const account = await state.services.accounts.add(session, wanted, actor(state));
    const location = `/api/v1/users/${encodeURIComponent(account.name)}`;
    return Response.json(account, { status: 201, headers: { location } });
  },
});
