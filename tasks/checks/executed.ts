import { join } from "node:path";
import { executable, executableProblem } from "@/tests/harness/executable.ts";
import { failureOf } from "./tally.ts";
import { alone, runTestGroups, testFiles, type TestRun } from "./test_files.ts";

/**
 * Of these test files those that are run once more against the executable: with a browser or a real VM,
 * where they ask the harness which program they test.
 */
export const executed = (root: string, files: readonly string[]): string[] =>
  files.filter((file) =>
    /^tests\/(browser|real)\//.test(file) &&
    Deno.readTextFileSync(join(root, file)).includes("harness/server.ts")
  );

/** Tests of nothing but the executable. */
export const ITS_OWN = "tests/executable/";

/**
 * Runs its own tests and then those, where this machine can make it. The names of the latter in the answer
 * say what they ran.
 */
export async function runExecuted(root: string, jobs: number): Promise<TestRun> {
  const problem = executableProblem();
  if (problem !== null) {
    const skipped = [`skipped: tests against the executable: ${problem}`];
    return { tally: { passed: 0, failed: 0, skipped: 0 }, skipped, failed: [] };
  }
  console.log("\nAgainst the executable:");
  let program: string;
  try {
    program = await executable();
  } catch (error) {
    const failed = [{ file: "executable", why: failureOf(String(error)) }];
    return { tally: { passed: 0, failed: 1, skipped: 0 }, skipped: [], failed };
  }
  const files = await testFiles(root);
  const own = files.filter((file) => file.startsWith(ITS_OWN));
  const others = executed(root, files);
  return await runTestGroups([
    ...own.map(alone),
    ...others.map((file) => ({
      name: `${file} (executable)`,
      files: [file],
      env: { VIRTGLASS_BIN: program },
    })),
  ], jobs);
}
