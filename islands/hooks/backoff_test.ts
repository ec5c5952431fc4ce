import assert from "node:assert/strict";
import { backoff } from "@/islands/hooks/backoff.ts";

Deno.test("backoff doubles its ceiling with every attempt up to the cap", () => {
  const ceilings = [0, 1, 2, 3, 10, 5000].map((n) => backoff(n, () => 1));
  assert.deepEqual(ceilings, [500, 1000, 2000, 4000, 30_000, 30_000]);
});

Deno.test("backoff spreads over the whole range below its ceiling", () => {
  assert.equal(backoff(3, () => 0), 0);
  assert.equal(backoff(3, () => 0.25), 1000);
  const waits = Array.from({ length: 500 }, () => backoff(2));
  assert.ok(waits.every((ms) => ms >= 0 && ms < 2000));
  assert.ok(Math.max(...waits) - Math.min(...waits) > 1000);
});
