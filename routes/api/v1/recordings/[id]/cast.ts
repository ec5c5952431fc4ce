import { attachment } from "@/routes/(_shared)/attachment.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

/** The file itself; of a recording that is being made, the lines so far. */
export const handler = define.handlers({
  async GET({ params, state }) {
    const { address, services: { recordings } } = state;
    const session = signedIn(state);
    const { vm, startedAt } = recordings.get(session, params.id!);
    const { size, body } = await recordings.cast(session, address, params.id!);
    return new Response(body, {
      headers: {
        "content-type": "application/x-asciicast",
        "content-length": String(size),
        "content-disposition": attachment(`${vm} ${startedAt.slice(0, 19)}Z.cast`),
      },
    });
  },
});
