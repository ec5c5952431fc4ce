import { join } from "node:path";
import { run } from "@/cli/run.ts";
import { bundle } from "./delivered.ts";
import { project } from "./project.ts";
import { isStale } from "./stale.ts";

/** Builds dist/ unless it is newer than everything it is built from. */
export async function buildWhenStale(say: (line: string) => void): Promise<void> {
  if (!isStale(project, bundle)) return;
  say("building");
  await run(Deno.execPath(), ["run", "--quiet", "-A", join(project, "tasks/build.ts")]);
}
