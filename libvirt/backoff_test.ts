import assert from "node:assert/strict";
import { Backoff } from "./backoff.ts";

const LIMITS = { min: 200, max: 10_000 };

Deno.test("Backoff doubles its ceiling up to the maximum, and starts over after reset", () => {
  const backoff = new Backoff(LIMITS, () => 1);
  const waits = Array.from({ length: 8 }, () => backoff.next());
  assert.deepEqual(waits, [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  backoff.reset();
  assert.equal(backoff.next(), 200);
});

Deno.test("Backoff waits anywhere between nothing and its ceiling", () => {
  const backoff = new Backoff(LIMITS);
  const waits = Array.from({ length: 2000 }, () => (backoff.reset(), backoff.next()));
  assert.ok(waits.every((wait) => wait >= 0 && wait <= 200));
  assert.ok(Math.min(...waits) < 20 && Math.max(...waits) > 180);
});

Deno.test("Backoff stays at its maximum for ever", () => {
  const backoff = new Backoff(LIMITS, () => 1);
  for (let attempt = 0; attempt < 5000; attempt++) backoff.next();
  assert.equal(backoff.next(), 10_000);
});
