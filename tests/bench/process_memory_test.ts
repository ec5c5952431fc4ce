import assert from "node:assert/strict";
import { processRSS } from "./process_memory.ts";

Deno.test("processRSS grows by the memory that was touched", () => {
  const before = processRSS(Deno.pid);
  const touched = new Uint8Array(64 << 20).fill(1);
  const grown = processRSS(Deno.pid) - before;
  assert.ok(grown > touched.length / 2 && grown < touched.length * 2, `grew by ${grown}`);
});
