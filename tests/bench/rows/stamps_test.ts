import assert from "node:assert/strict";
import { latencies } from "./stamps.ts";

const acts = ["100 0 suspend", "150 0 resume", "160 1 suspend", "200 0 suspend"];

Deno.test("latencies pairs each act with the first stamp after it", () => {
  const stamps = [{ at: 50 }, { at: 107 }, { at: 108 }, { at: 211 }];
  assert.deepEqual(latencies(acts, "0 suspend", stamps), [7, 11]);
});

Deno.test("latencies throws when an act was never heard of, also the last", () => {
  assert.throws(() => latencies(acts, "0 suspend", [{ at: 211 }]), /number 1 of 2/);
  assert.throws(() => latencies(acts, "0 suspend", [{ at: 107 }]), /number 2 of 2/);
});
