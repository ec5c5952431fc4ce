import { span } from "@/routes/(_shared)/span.ts";
import { define } from "@/utils.ts";

/** `?since=S&until=S&step=S`: the host's metrics from S to S seconds ago, by column. */
export const handler = define.handlers({
  GET: ({ state, url }) => Response.json(state.services.monitor.hostHistory(span(url))),
});
