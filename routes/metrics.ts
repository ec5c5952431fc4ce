import { asGlassError, problemResponse } from "@/services/errors.ts";
import { CONTENT_TYPE } from "@/services/exporter/mod.ts";
import { define } from "@/utils.ts";

/** The last numbers of all VMs that the reader sees, for Prometheus. */
export const handler = define.handlers({
  GET({ req, state }) {
    const { services, session, address } = state;
    try {
      const text = services.exporter.tell({ session, address, headers: req.headers });
      return new Response(text, { headers: { "content-type": CONTENT_TYPE } });
    } catch (error) {
      // Read by a program, which has no use for a page.
      return problemResponse(asGlassError(error));
    }
  },
});
