import assert from "node:assert/strict";
import { parseVersion } from "./version_number.ts";

Deno.test("parseVersion takes libvirt's number apart", () => {
  assert.equal(parseVersion(9_000_000), "9.0.0");
  assert.equal(parseVersion(7_002_022n), "7.2.22");
  assert.equal(parseVersion(10_010_101), "10.10.101");
});
