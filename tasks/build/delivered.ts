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

/**
 * A function is compiled with its file, and so is in Deno's code cache with it. By itself V8 compiles each
 * when it is first called, in every start anew: a fifth of the time to the first page.
 */
const V8_FLAGS = ["--no-lazy"];

/** Deno's arguments that run the bundle as `virtglass ARGS`. */
export function delivered(...args: string[]): string[] {
  return ["run", `--v8-flags=${V8_FLAGS}`, "--quiet", "-A", "--no-config", bundle, ...args];
}
