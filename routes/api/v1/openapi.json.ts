import { define } from "@/utils.ts";

/** The API, for whoever makes clients of it: nothing in it is of this host. */
export const handler = define.handlers({
  async GET() {
    const { openAPI } = await import("@/services/openapi/document.ts");
    return Response.json(openAPI());
  },
});
