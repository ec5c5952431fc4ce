import assert from "node:assert/strict";
import { failedTests, failureOf, readTally, skipReasons, tallyLines } from "./tally.ts";

Deno.test("readTally counts what deno test reported, with and without steps", () => {
  for (
    const [output, success, tally] of [
      ["ok | 3 passed | 0 failed (95ms)", true, [3, 0, 0]],
      ["FAILED | 1 passed (1 step) | 2 failed (2 steps) | 4 ignored (7ms)", false, [1, 2, 4]],
      ["ok | 12 passed (30 steps) | 0 failed | 1 ignored (1m3s)", true, [12, 0, 1]],
      ["a test printed:\nok | 9 passed | 0 failed\nFAILED | 1 passed | 1 failed (1s)", false, [
        1,
        1,
        0,
      ]],
    ] as const
  ) {
    const [passed, failed, skipped] = tally;
    assert.deepEqual(readTally(output, success), { passed, failed, skipped });
  }
});

Deno.test("readTally counts a crash and a file without a report as a failure", () => {
  assert.deepEqual(readTally("Segmentation fault", false), { passed: 0, failed: 1, skipped: 0 });
  assert.deepEqual(readTally("", true), { passed: 0, failed: 1, skipped: 0 });
  const leaked = readTally("ok | 3 passed | 0 failed (95ms)", false);
  assert.deepEqual(leaked, { passed: 3, failed: 1, skipped: 0 });
});

Deno.test("skipReasons finds the lines that say why", () => {
  assert.deepEqual(skipReasons("x\nskipped: Browser: no Chromium\nnot skipped: y\n"), [
    "skipped: Browser: no Chromium",
  ]);
});

Deno.test("tallyLines speaks of skipped tests only when there are some, on a line before the last", () => {
  assert.equal(tallyLines({ passed: 2, failed: 0, skipped: 0 }), "2 passed, 0 failed");
  assert.equal(tallyLines({ passed: 2, failed: 1, skipped: 3 }), "3 skipped\n2 passed, 1 failed");
});

Deno.test("failureOf keeps the errors that are listed, and of a crash its last lines", () => {
  const listed = "running 1 test\na ... FAILED\n\n ERRORS \n\na => a_test.ts\nerror: no";
  assert.equal(failureOf(listed), "ERRORS \n\na => a_test.ts\nerror: no");
  const crash = Array.from({ length: 200 }, (_, line) => `line ${line}`).join("\n");
  assert.deepEqual(failureOf(`${crash}\nended with SIGABRT`).split("\n").slice(-2), [
    "line 199",
    "ended with SIGABRT",
  ]);
  assert.equal(failureOf(crash).split("\n").length, 80);
});

Deno.test("failedTests names each test once, or says how a run ended that names none", () => {
  const listed = "FAILURES \n\na b ... a step => ./a_test.ts:73:13\na b => ./a_test.ts:7:1\n" +
    "a b => ./a_test.ts:7:1\n\nFAILED | 0 passed | 2 failed";
  assert.equal(failedTests(listed), "a b ... a step; a b");
  assert.equal(failedTests("terminated\nended with SIGABRT"), "ended with SIGABRT");
});
