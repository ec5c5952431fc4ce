import assert from "node:assert/strict";
import { median, quantile } from "./quantile.ts";

Deno.test("quantile interpolates between the two nearest samples, whatever their order", () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([10, 0], 0.99), 9.9);
  assert.equal(quantile([3, 1, 2], 1), 3);
});

Deno.test("median of one sample is that sample", () => assert.equal(median([7]), 7));

Deno.test("quantile refuses to make a figure of nothing", () => {
  assert.throws(() => median([]), /no samples/);
});
