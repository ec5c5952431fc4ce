/** `deno task start ARGS`: builds when something changed, then is the program with these ARGS. */
import { join } from "node:path";
import { bundle, delivered } from "./build/delivered.ts";
import { project } from "./build/project.ts";
import { isStale } from "./build/stale.ts";
import { runToEnd } from "./build/run_to_end.ts";

if (isStale(project, bundle)) {
  // Its own words go to stderr: stdout belongs to the program.
  const built = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(import.meta.dirname!, "build.ts")],
    stdout: "null",
    stderr: "inherit",
  }).output();
  if (!built.success) Deno.exit(built.code);
}

// Paths among the arguments are meant from where the task was called.
const cwd = Deno.env.get("INIT_CWD") ?? Deno.cwd();
Deno.exit(await runToEnd(delivered(...Deno.args), { cwd }));
