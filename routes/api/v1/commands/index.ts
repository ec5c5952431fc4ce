import { NewCommands } from "@/protocol/incoming/bodies.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { before, limit } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** `?limit=N&before=TIME`: commands to all VMs, the newest first. */
export const handler = define.handlers({
  GET({ state, url }) {
    const filter = { limit: limit(url), before: before(url) };
    return Response.json(state.services.commands.list(signedIn(state), filter));
  },

  /** Begins the same command to several VMs and answers at once; they run on. */
  async POST({ req, state }) {
    const { vms, requestId = crypto.randomUUID(), ...rest } = await readBody(req, NewCommands);
    const { address, services: { commands } } = state;
    const given = { requestId, ...rest };
    const answer = commands.submitToMany(signedIn(state), address, vms, given);
    return Response.json(answer, { status: 202 });
  },
});
