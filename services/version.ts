import denoJson from "@/deno.json" with { type: "json" };

/** The version of virtglass, as deno.json has it. */
export const VERSION: string = denoJson.version;
