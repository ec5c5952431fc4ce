import { define } from "@/utils.ts";

/** The process lives. */
export const handler = define.handlers({
  GET: () => Response.json({ status: "ok" }),
});
