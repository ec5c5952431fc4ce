import denoJson from "@/deno.json" with { type: "json" };

/** The version of virtglass, as deno.json has it. */
export const VERSION: string = denoJson.version;

/** Written in by the build: tasks/build/server.ts. */
declare const VIRTGLASS_COMMIT: string | null;

/** The commit that it was built from; null in a checkout. */
export const COMMIT = typeof VIRTGLASS_COMMIT === "undefined" ? null : VIRTGLASS_COMMIT;
