import { NewCommand } from "@/protocol/incoming/bodies.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { before, limit } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  /** `?limit=N&before=TIME`: commands to this VM, the newest first. */
  GET({ params, state, url }) {
    const { vms, commands } = state.services;
    const { uuid } = vms.find(signedIn(state), params.name!);
    const filter = { vm: uuid, limit: limit(url), before: before(url) };
    return Response.json(commands.list(signedIn(state), filter));
  },

  /** Begins a command and answers at once; it runs on. */
  async POST({ req, params, state }) {
    const { requestId = crypto.randomUUID(), ...rest } = await readBody(req, NewCommand);
    const { address, services: { commands } } = state;
    const given = { requestId, ...rest };
    const command = commands.submit(signedIn(state), address, params.name!, given);
    const location = `/api/v1/commands/${encodeURIComponent(requestId)}`;
    return Response.json(command, { status: 202, headers: { location } });
  },
});
