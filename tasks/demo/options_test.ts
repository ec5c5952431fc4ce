import assert from "node:assert/strict";
import { demoOptions } from "./options.ts";

Deno.test("demoOptions reads what is given and has a default for the rest", () => {
  assert.deepEqual(demoOptions([]), { port: 8480, keep: false, help: false });
  assert.deepEqual(demoOptions(["--port", "0", "--keep"]), { port: 0, keep: true, help: false });
});

Deno.test("demoOptions refuses what it does not understand", () => {
  assert.throws(() => demoOptions(["--port", "http"]), /--port is a number/);
  assert.throws(() => demoOptions(["--port", "65536"]), /--port is a number/);
  assert.throws(() => demoOptions(["--prot", "1"]), /--prot/);
  assert.throws(() => demoOptions(["1"]), /1/);
});
