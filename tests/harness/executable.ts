import { bundle } from "@/tasks/build/delivered.ts";
import { compileExecutable } from "@/tasks/build/executable.ts";
import { project } from "@/tasks/build/project.ts";
import { lock } from "@/cli/lock.ts";
import { built } from "./built.ts";
import { timeOf } from "./time_of.ts";

/** Where `deno task compile` leaves it. */
export const EXECUTABLE = `${project}/dist/virtglass`;

/**
 * Why this machine makes no executable for its tests, or null when it does. Without the two variables
 * `deno compile` downloads its runtime, which no test may count on.
 */
export function executableProblem(): string | null {
  const missing = ["DENO_COMPILE_BIN", "DENORT_BIN"].filter((name) => !Deno.env.get(name));
  return missing.length === 0 ? null : `${missing.join(" and ")} not set`;
}

/** Makes sure that the executable is that of what was built last, and returns its path. */
export async function executable(): Promise<string> {
  await built();
  using _alone = await lock(`${project}/.cache/compile.lock`);
  if (timeOf(EXECUTABLE) < timeOf(bundle)) {
    const code = await compileExecutable({ output: EXECUTABLE });
    if (code !== 0) throw new Error(`deno compile ended with ${code}`);
  }
  return EXECUTABLE;
}
