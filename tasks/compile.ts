/** `deno task compile [--target TARGET]`: builds, then makes dist/virtglass, one executable of it. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compileExecutable } from "./build/executable.ts";
import { project } from "./build/project.ts";
import { runToEnd } from "./build/run_to_end.ts";

function readTarget(): string | undefined {
  try {
    return parseArgs({ args: Deno.args, options: { target: { type: "string" } } }).values.target;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(2);
  }
}

const target = readTarget();
if (target !== undefined && Deno.env.has("DENORT_BIN")) {
  console.error("--target needs the runtime of that system, and DENORT_BIN names this one's.");
  Deno.exit(2);
}
const built = await runToEnd(["run", "-A", join(import.meta.dirname!, "build.ts")]);
if (built !== 0) Deno.exit(built);
const output = join(project, target === undefined ? "dist/virtglass" : `dist/virtglass-${target}`);
const code = await compileExecutable({ output, ...(target === undefined ? {} : { target }) });
if (code === 0) {
  console.log(`${output}: ${((await Deno.stat(output)).size / 1e6).toFixed(0)} MB`);
}
Deno.exit(code);
