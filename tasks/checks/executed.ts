import { executable, executableProblem } from "@/tests/harness/executable.ts";
import { failureOf } from "./tally.ts";
import { runTestFiles, type TestRun } from "./test_files.ts";

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

/** Runs them, where this machine can make the executable. Their names in the answer say what they ran. */
export async function runExecuted(jobs: number): Promise<TestRun> {
  const run: TestRun = { tally: { passed: 0, failed: 0, skipped: 0 }, skipped: [], failed: [] };
  const problem = executableProblem();
  if (problem !== null) {
    run.skipped.push(`skipped: tests against the executable: ${problem}`);
    return run;
  }
  console.log("\nAgainst the executable:");
  try {
    const program = await executable();
    const tests = await runTestFiles(EXECUTED, jobs, { VIRTGLASS_BIN: program });
    const failed = tests.failed.map(({ file, why }) => ({ file: `${file} (executable)`, why }));
    return { ...tests, failed };
  } catch (error) {
    run.tally.failed++;
    run.failed.push({ file: "executable", why: failureOf(String(error)) });
    return run;
  }
}
