import { GlassError } from "@/services/errors.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

const DEFAULT_SECONDS = 300;

/** `?since=S`: the samples of the last S seconds, by column. */
export const handler = define.handlers({
  GET({ params, state, url }) {
    const since = Number(url.searchParams.get("since") ?? DEFAULT_SECONDS);
    if (!(since > 0)) {
      throw new GlassError("INVALID_MESSAGE", "since: is a number of seconds above 0.");
    }
    const { vms, monitor } = state.services;
    const { uuid } = vms.find(signedIn(state), params.name!);
    return Response.json(monitor.history(uuid, since));
  },
});
