import { signedIn } from "@/routes/(_shared)/session.ts";
import { span } from "@/routes/(_shared)/span.ts";
import { demand } from "@/services/identity/policy.ts";
import { define } from "@/utils.ts";

/** `?since=S&until=S&step=S`: the host's metrics from S to S seconds ago, by column. */
export const handler = define.handlers({
  GET({ state, url }) {
    // Its load tells of VMs that one may not see.
    demand(signedIn(state), "read", null);
    return Response.json(state.services.monitor.hostHistory(span(url)));
  },
});
