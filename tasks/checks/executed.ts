import { executable, executableProblem } from "@/tests/harness/executable.ts";
import { failureOf } from "./tally.ts";
import { alone, runTestGroups, testFiles, type TestRun } from "./test_files.ts";

/** Tests of pages, consoles and power that are run once more against the executable. */
export const EXECUTED: readonly string[] = [
  "tests/browser/guest_test.ts",
  "tests/browser/host_test.ts",
  "tests/browser/libvirtd_test.ts",
  "tests/browser/plain_test.ts",
  "tests/browser/terminal_test.ts",
  "tests/real/console_test.ts",
  "tests/real/guest_test.ts",
  "tests/real/libvirtd_test.ts",
];

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
  const own = (await testFiles(root)).filter((file) => file.startsWith(ITS_OWN));
  return await runTestGroups([
    ...own.map(alone),
    ...EXECUTED.map((file) => ({
      name: `${file} (executable)`,
      files: [file],
      env: { VIRTGLASS_BIN: program },
    })),
  ], jobs);
}
