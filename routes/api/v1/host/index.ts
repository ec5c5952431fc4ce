import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: ({ state }) => Response.json(state.services.host.snapshot(signedIn(state))),
});
