import { denoTest } from "./live.ts";
import { add, readTally, type Tally, tallyLines } from "./tally.ts";

/** A test whose share in `deno task test` is a small one. */
interface LongTest {
  file: string;
  /** What makes it the whole one. */
  env: Record<string, string>;
}

export const LONG: readonly LongTest[] = [
  { file: "tests/server/fuzz_test.ts", env: { VIRTGLASS_FUZZ: "100000" } },
  { file: "tests/services/crash_test.ts", env: { VIRTGLASS_CRASHES: "200" } },
];

/** Milliseconds that one of them may take. */
const DEADLINE = 3_600_000;

/** Runs them one after the other, and prints a last line as `deno task test` does. */
export async function runLongTests(): Promise<number> {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { file, env } of LONG) {
    const { success, output } = await denoTest(file, DEADLINE, env);
    console.log(output);
    tally = add(tally, readTally(output, success));
  }
  console.log(tallyLines(tally));
  return tally.failed ? 1 : 0;
}
