import assert from "node:assert/strict";
import { readPort } from "./port.ts";

Deno.test("readPort has a default, and refuses what is no port", () => {
  assert.deepEqual([readPort(), readPort("0"), readPort("65535")], [8480, 0, 65535]);
  for (const text of ["http", "65536", "-1", "", "1.5"]) {
    assert.throws(() => readPort(text), /--port is a number/, text);
  }
});
