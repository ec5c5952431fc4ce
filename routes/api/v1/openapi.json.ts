import { openAPI } from "@/services/openapi/document.ts";
import { define } from "@/utils.ts";

/** The API, for whoever makes clients of it: nothing in it is of this host. */
export const handler = define.handlers({
  GET: () => Response.json(openAPI()),
});
