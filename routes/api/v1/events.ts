import { limit, whole } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** `?since=SEQ&limit=N`: what came after that event, or without it what came last. */
export const handler = define.handlers({
  GET({ state, url }) {
    const filter = { limit: limit(url), since: whole(url.searchParams, "since") };
    return Response.json(state.services.events.list(signedIn(state), filter));
  },
});
