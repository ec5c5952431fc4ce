import { NewKeys } from "@/protocol/incoming/bodies.ts";
import { readBody } from "@/routes/(_shared)/body.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  /** Presses keys on the VM's keyboard. */
  async POST({ req, params, state }) {
    const { keys } = await readBody(req, NewKeys);
    const { address, services: { keyboards } } = state;
    await keyboards.press(signedIn(state), address, params.name!, keys);
    return new Response(null, { status: 204 });
  },
});
