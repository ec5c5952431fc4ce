import { deno } from "./live.ts";
import { runExecuted } from "./executed.ts";
import { add, failedTests, failureOf, type Tally, tallyLine } from "./tally.ts";
import { runTestFiles, testFiles, type TestRun } from "./test_files.ts";

const root = `${import.meta.dirname}/../..`.replace("/tasks/checks/../..", "");

/** What comes before the tests: a name, and Deno's arguments. */
const STEPS: readonly (readonly [string, readonly string[]])[] = [
  ["format", ["fmt", "--check", "--quiet"]],
  ["lint", ["lint", "--quiet"]],
  ["types", ["check", "--quiet", "."]],
  ["build", ["run", "-A", "tasks/build.ts"]],
];

/**
 * Format, lint, types, build and every test, a share of them against the executable, too; prints as it goes, then what was skipped and why, and
 * last a line `N passed, M failed`. Returns the exit code.
 */
export async function runChecks(): Promise<number> {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const failed: TestRun["failed"] = [];
  for (const [name, args] of STEPS) {
    const begin = performance.now();
    const { success, output } = await deno(args);
    const took = ((performance.now() - begin) / 1000).toFixed(1);
    if (!success) console.log(output);
    console.log(`${name} ... ${success ? "ok" : "FAILED"} (${took} s)`);
    tally = add(tally, { passed: success ? 1 : 0, failed: success ? 0 : 1, skipped: 0 });
    if (!success) failed.push({ file: name, why: failureOf(output) });
  }
  const jobs = Math.max(1, Math.min(4, navigator.hardwareConcurrency));
  const tests = await runTestFiles(await testFiles(root), jobs);
  const executed = await runExecuted(jobs);
  tally = add(add(tally, tests.tally), executed.tally);
  failed.push(...tests.failed, ...executed.failed);
  console.log("");
  for (const reason of new Set([...tests.skipped, ...executed.skipped])) console.log(reason);
  for (const { file, why } of failed) console.log(`failed: ${file}\n${indented(why)}`);
  // Once more, short: who reads only the end of a long output learns what to look for.
  for (const { file, why } of failed) console.log(`failed: ${file}: ${failedTests(why)}`);
  console.log(tallyLine(tally));
  return tally.failed ? 1 : 0;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
