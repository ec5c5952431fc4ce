import { openVMSocket } from "@/services/sockets/mod.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET: ({ req, state, params }) => openVMSocket(req, state.services, signedIn(state), params.name!),
});
