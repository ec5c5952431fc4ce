/** How many checks and test cases ended how. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** The end of what `deno task test` says: the last line has what passed and failed, and nothing else. */
export function tallyLines({ passed, failed, skipped }: Tally): string {
  return `${skipped ? `${skipped} skipped\n` : ""}${passed} passed, ${failed} failed`;
}

/**
 * What `deno test` reported in its last line. A run that failed without a failed test, because it
 * crashed or a file did not load, counts as one failure.
 */
export function readTally(output: string, success: boolean): Tally {
  const summaries = [...output.matchAll(SUMMARY)];
  const [, passed, failed, ignored] = summaries.at(-1) ?? [];
  const tally = {
    passed: Number(passed ?? 0),
    failed: Number(failed ?? 0),
    skipped: Number(ignored ?? 0),
  };
  const silent = !success && tally.failed === 0;
  const empty = summaries.length === 0;
  return silent || empty ? { ...tally, failed: tally.failed + 1 } : tally;
}

const STEPS = String.raw`(?: \(\d+ steps?\))?`;
const SUMMARY = new RegExp(
  String.raw`^(?:ok|FAILED) \| (\d+) passed${STEPS} \| (\d+) failed${STEPS}(?: \| (\d+) ignored)?`,
  "gm",
);

/** The reasons that tests print for being skipped, a line `skipped: ...` each. */
export function skipReasons(output: string): string[] {
  return [...output.matchAll(/^skipped: .+$/gm)].map(([line]) => line);
}

/** At most so many lines tell why a file failed: its whole output was printed before. */
const WHY = 80;

/** What of a failed run tells why: the errors that `deno test` lists, or else how it ended. */
export function failureOf(output: string): string {
  const listed = output.lastIndexOf("\n ERRORS \n");
  const lines = output.slice(listed + 1).trim().split("\n");
  return (listed < 0 ? lines.slice(-WHY) : lines.slice(0, WHY)).join("\n");
}

/** The names of the tests that failed, as `deno test` lists them below `FAILURES`, in one line. */
export function failedTests(output: string): string {
  const names = [...output.matchAll(/^(.+) => \S+:\d+:\d+$/gm)].map(([, name]) => name!.trim());
  return names.length ? [...new Set(names)].join("; ") : output.split("\n").at(-1)!;
}
