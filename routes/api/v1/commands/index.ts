import { before, limit } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** `?limit=N&before=TIME`: commands to all VMs, the newest first. */
export const handler = define.handlers({
  GET({ state, url }) {
    const filter = { limit: limit(url), before: before(url) };
    return Response.json(state.services.commands.list(signedIn(state), filter));
  },
});
