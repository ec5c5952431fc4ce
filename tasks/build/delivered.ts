import { join } from "node:path";
import { project } from "./project.ts";

/** The bundle that `deno task build` leaves. */
export const bundle = join(project, "dist/server.js");

/** Deno's arguments that run the bundle as `virtglass ARGS`. */
export function delivered(...args: string[]): string[] {
  return ["run", "--quiet", "-A", "--no-config", bundle, ...args];
}
