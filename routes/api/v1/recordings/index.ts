import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** `?vm=`: those of one VM, also of one that is gone. */
export const handler = define.handlers({
  GET({ state, url }) {
    const { recordings } = state.services;
    const session = signedIn(state);
    const vm = url.searchParams.get("vm");
    return Response.json(vm === null ? recordings.list(session) : recordings.listOf(session, vm));
  },
});
