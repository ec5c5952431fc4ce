import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

export const handler = define.handlers({
  GET({ params, state }) {
    const { vms, recordings } = state.services;
    const session = signedIn(state);
    const { uuid } = vms.find(session, params.name!);
    return Response.json(recordings.listOf(session, uuid));
  },

  POST({ params, state }) {
    const { address, services: { recordings } } = state;
    const recording = recordings.start(signedIn(state), address, params.name!);
    const headers = { location: `/api/v1/recordings/${recording.id}` };
    return Response.json(recording, { status: 201, headers });
  },
});
