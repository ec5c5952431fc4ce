import assert from "node:assert/strict";
import { KEYS } from "@/protocol/mod.ts";
import { codesOf } from "./keyboards.ts";

Deno.test("codesOf knows every key, as Linux numbers them", () => {
  assert.deepEqual(codesOf("ctrl-alt-delete"), [29, 56, 111]);
  assert.deepEqual(codesOf("sysrq-b"), [56, 99, 48]);
  for (const keys of KEYS) {
    assert.equal(codesOf(keys).length, 3, keys);
    assert.ok(codesOf(keys).every(Number.isInteger), keys);
  }
});
