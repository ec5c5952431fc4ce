import { signedIn } from "@/routes/(_shared)/session.ts";
import { span } from "@/routes/(_shared)/span.ts";
import { define } from "@/utils.ts";

/** `?since=S&until=S&step=S`: the VM's metrics from S to S seconds ago, by column. */
export const handler = define.handlers({
  GET({ params, state, url }) {
    const { vms, monitor } = state.services;
    return Response.json(monitor.history(vms.find(signedIn(state), params.name!), span(url)));
  },
});
