import assert from "node:assert/strict";
import { deno, denoTest } from "./live.ts";

Deno.test("deno returns what the program wrote and says how it failed", async () => {
  const good = await deno(["eval", "console.log(1); console.error(2)"]);
  assert.deepEqual(good, { success: true, output: "1\n2" });
  const bad = await deno(["eval", "Deno.exit(3)"]);
  assert.equal(bad.success, false);
  assert.match(bad.output, /ended with exit code 3$/);
});

Deno.test("deno ends a program that runs past its deadline", async () => {
  const { success, output } = await deno(["eval", "setInterval(() => {}, 1000)"], 300);
  assert.equal(success, false);
  assert.match(output, /ended with SIGTERM$/);
});

Deno.test("denoTest tells both errors where a test and the cleaning up after it fail", async () => {
  const file = await Deno.makeTempFile({ suffix: "_test.ts" });
  try {
    await Deno.writeTextFile(
      file,
      `Deno.test("both", () => {
        using stack = new DisposableStack();
        stack.defer(() => { throw new Error("of the cleaning"); });
        throw new Error("of the test");
      });`,
    );
    const { success, output } = await denoTest(file, 60_000);
    assert.equal(success, false);
    assert.match(output, /Error: of the test\n/);
    assert.match(output, /Error: of the cleaning\n/);
  } finally {
    await Deno.remove(file);
  }
});
