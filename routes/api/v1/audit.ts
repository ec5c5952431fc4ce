import { auditFilter } from "@/routes/(_shared)/audit_filter.ts";
import { attachment } from "@/routes/(_shared)/attachment.ts";
import { limit, whole } from "@/routes/(_shared)/query.ts";
import { signedIn } from "@/routes/(_shared)/session.ts";
import { define } from "@/utils.ts";

const LINES = "application/jsonl";

/**
 * `?user=&vm=&kind=&since=TIME&until=TIME`, the newest first, and for what came before those
 * `&before=SEQ&limit=N`. As JSON lines, by `Accept: application/jsonl` or `?format=jsonl`, it is all
 * of them, the oldest first.
 */
export const handler = define.handlers({
  GET({ req, state, url }) {
    const { address, gate: { audit } } = state;
    const session = signedIn(state);
    const filter = auditFilter(url);
    const asked = req.headers.get("accept")?.includes(LINES) ?? false;
    if (!asked && url.searchParams.get("format") !== "jsonl") {
      const before = whole(url.searchParams, "before");
      return Response.json(audit.list(session, filter, limit(url), before));
    }
    const now = new Date().toISOString().slice(0, 19);
    return new Response(audit.export(session, address, filter), {
      headers: {
        "content-type": LINES,
        "content-disposition": attachment(`virtglass audit ${now}Z.jsonl`),
      },
    });
  },
});
