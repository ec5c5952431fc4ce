import { join } from "node:path";
import { filesIn } from "./files.ts";
import { project } from "./project.ts";

const dist = join(project, "dist");

/** What `deno task build` leaves to be run. */
export const bundle = join(dist, "server.js");

/** It, and the modules beside it that it imports: names of files in dist/. */
export function deliveredModules(): string[] {
  return filesIn(dist).filter((path) => /^[^/]+\.js$/.test(path));
}

/** Deno's arguments that run the bundle as `virtglass ARGS`. */
export function delivered(...args: string[]): string[] {
  return ["run", "--quiet", "-A", "--no-config", bundle, ...args];
}
