import { limit, whole } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** `?since=SEQ&limit=N`: what came after that event, or what came last, of this VM alone. */
export const handler = define.handlers({
  GET({ params, state, url }) {
    const { vms, events } = state.services;
    const session = signedIn(state);
    const { uuid } = vms.find(session, params.name!);
    const filter = { uuid, limit: limit(url), since: whole(url.searchParams, "since") };
    return Response.json(events.list(session, filter));
  },
});
