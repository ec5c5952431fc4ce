import { join } from "node:path";
import { deno } from "./live.ts";
import { add, failureOf, readTally, skipReasons, type Tally } from "./tally.ts";

export interface TestRun {
  tally: Tally;
  /** Why tests were skipped, a line each. */
  skipped: string[];
  /** Files with a failure, and what of their output tells why. */
  failed: { file: string; why: string }[];
}

/**
 * Runs every test file in a process of its own, a few at a time, and prints each one's output when
 * it ends. In processes, because libvirt's event loop belongs to a process, and because a crash in
 * C code then fails one file and not the run.
 */
export async function runTestFiles(
  files: readonly string[],
  jobs: number,
  env: Record<string, string> = {},
): Promise<TestRun> {
  const run: TestRun = { tally: { passed: 0, failed: 0, skipped: 0 }, skipped: [], failed: [] };
  const queue = [...files];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      // Not --quiet, which swallows what a file says when it is loaded: why its tests are skipped.
      const { success, output } = await deno(["test", "-A", "--no-check", file], DEADLINE, env);
      const tally = readTally(output, success);
      console.log(output);
      run.tally = add(run.tally, tally);
      run.skipped.push(...skipReasons(output));
      if (tally.failed) run.failed.push({ file, why: failureOf(output) });
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return run;
}

/** All test files of this checkout, those of tests/ first: they take longest. */
export async function testFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  const read = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
      const path = join(folder, name);
      if (isDirectory && !name.startsWith(".") && !UNREAD.has(path)) await read(path);
      else if (/_test\.tsx?$/.test(name)) found.push(path);
    }
  };
  await read(".");
  const late = (path: string) => path.startsWith("tests/") ? 0 : 1;
  return found.sort((a, b) => late(a) - late(b) || a.localeCompare(b));
}

/** Milliseconds that a file may take. */
const DEADLINE = 600_000;

const UNREAD = new Set(["node_modules", "dist"]);
