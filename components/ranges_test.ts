import assert from "node:assert/strict";
import { rangeOf, RANGES, stepFor } from "@/components/ranges.ts";

Deno.test("rangeOf takes an address by its word, and the first range for any other", () => {
  for (const range of RANGES) assert.equal(rangeOf(range.id), range);
  for (const id of [null, "", "5 min", "constructor"]) assert.equal(rangeOf(id), RANGES[0]);
});

Deno.test("stepFor has points for every pixel, and no more than a chart shows", () => {
  assert.deepEqual(RANGES.map(({ seconds }) => stepFor(seconds)), [1, 15, 300, 1800]);
  assert.equal(stepFor(30 * 86_400), 1800);
  for (const seconds of [10, 700, 5_000, 50_000]) assert.ok(seconds / stepFor(seconds) <= 360);
});
