import assert from "node:assert/strict";
import { allowed, keyed, pinched } from "./zoom.ts";

const stretch = { from: 1000, to: 1100 };

Deno.test("keyed zooms around a place and moves by a quarter", () => {
  assert.deepEqual(keyed("+", stretch, 0.5), { from: 1025, to: 1075 });
  assert.deepEqual(keyed("+", stretch, 1), { from: 1050, to: 1100 });
  assert.deepEqual(keyed("-", stretch, 0.5), { from: 950, to: 1150 });
  assert.deepEqual(keyed("ArrowLeft", stretch, 1), { from: 975, to: 1075 });
  assert.deepEqual(keyed("ArrowRight", stretch, 1), { from: 1025, to: 1125 });
  assert.equal(keyed("j", stretch, 1), null);
});

Deno.test("pinched keeps the times under the fingers", () => {
  assert.deepEqual(pinched(stretch, [0.25, 0.75], [0, 1]), { from: 1025, to: 1075 });
  assert.deepEqual(pinched(stretch, [0.25, 0.75], [0.35, 0.85]), { from: 990, to: 1090 });
  assert.deepEqual(pinched(stretch, [0.75, 0.25], [1, 0]), { from: 1025, to: 1075 });
});

Deno.test("allowed ends at now, goes no closer than ten seconds and no wider than the range", () => {
  assert.deepEqual(allowed({ from: 1000, to: 1002 }, 300, 2000), { from: 996, to: 1006 });
  assert.deepEqual(allowed({ from: 1950, to: 2050 }, 300, 2000), { from: 1900, to: 2000 });
  assert.deepEqual(allowed({ from: 1000, to: 1900 }, 300, 2000), { from: 1300, to: 1600 });
  assert.deepEqual(allowed({ from: 1600, to: 1900 }, 300, 2000), { from: 1600, to: 1900 });
  assert.equal(allowed({ from: 1600, to: 2100 }, 300, 2000), null);
});
