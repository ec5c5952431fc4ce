import { deno } from "./live.ts";
import { ITS_OWN, runExecuted } from "./executed.ts";
import { add, failedTests, failureOf, type Tally, tallyLines } from "./tally.ts";
import { runTestGroups, testFiles, testGroups, type TestRun } from "./test_files.ts";

const root = `${import.meta.dirname}/../..`.replace("/tasks/checks/../..", "");

/** What comes before the tests: a name, and Deno's arguments. */
const STEPS: readonly (readonly [string, readonly string[]])[] = [
  ["format", ["fmt", "--check", "--quiet"]],
  ["lint", ["lint", "--quiet"]],
  ["types", ["check", "--quiet", "."]],
  ["build", ["run", "-A", "tasks/build.ts", "--when-stale"]],
];

/**
 * Format, lint, types, build and every test; with `executable` those of the executable, and a share of the
 * others against it. Prints as it goes, then what was skipped and why, and last a line
 * `N passed, M failed`. Returns the exit code.
 */
export async function runChecks({ executable }: { executable: boolean }): Promise<number> {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  const failed: TestRun["failed"] = [];
  // Side by side: each of them leaves a core idle.
  const steps = STEPS.map(([name, args]) => ({ name, ended: timed(args) }));
  for (const { name, ended } of steps) {
    const { success, output, took } = await ended;
    if (!success) console.log(output);
    console.log(`${name} ... ${success ? "ok" : "FAILED"} (${took} s)`);
    tally = add(tally, { passed: success ? 1 : 0, failed: success ? 0 : 1, skipped: 0 });
    if (!success) failed.push({ file: name, why: failureOf(output) });
  }
  // No more than there are cores: all of them wait for something with a deadline.
  const jobs = Math.min(4, navigator.hardwareConcurrency);
  const files = (await testFiles(root)).filter((file) => !file.startsWith(ITS_OWN));
  const runs = [await runTestGroups(testGroups(files), jobs)];
  if (executable) runs.push(await runExecuted(root, jobs));
  for (const run of runs) {
    tally = add(tally, run.tally);
    failed.push(...run.failed);
  }
  console.log("");
  if (!executable) console.log("skipped: tests of the executable: --executable runs them");
  for (const reason of new Set(runs.flatMap(({ skipped }) => skipped))) console.log(reason);
  for (const { file, why } of failed) console.log(`failed: ${file}\n${indented(why)}`);
  // Once more, short: who reads only the end of a long output learns what to look for.
  for (const { file, why } of failed) console.log(`failed: ${file}: ${failedTests(why)}`);
  console.log(tallyLines(tally));
  return tally.failed ? 1 : 0;
}

async function timed(args: readonly string[]) {
  const begin = performance.now();
  const ended = await deno(args);
  return { ...ended, took: ((performance.now() - begin) / 1000).toFixed(1) };
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
