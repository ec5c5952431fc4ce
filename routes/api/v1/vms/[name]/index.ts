import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  async GET({ params, state }) {
    return Response.json(await state.services.vms.detail(signedIn(state), params.name!));
  },
});
