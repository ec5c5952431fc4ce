import assert from "node:assert/strict";
import { deno } from "./live.ts";

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
