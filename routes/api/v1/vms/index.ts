import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ state }) {
    const { vms } = state.services;
    await vms.confirm();
    return Response.json(vms.list(signedIn(state)));
  },
});
