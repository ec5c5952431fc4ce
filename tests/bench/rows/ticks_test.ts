import assert from "node:assert/strict";
import { missed, parseArrival } from "./ticks.ts";

Deno.test("missed counts the clients without a tick, and takes no copy for another's", () => {
  const lines = ["1000 5 0", "1000 6 1", "2000 5 0", "2000 6 0"];
  const arrivals = lines.map(parseArrival);
  assert.deepEqual(arrivals[1], { tick: 1000, age: 6, client: 1 });
  assert.equal(missed(arrivals.slice(0, 2), 1, 2), 0);
  assert.equal(missed(arrivals, 2, 2), 1);
  assert.equal(missed(arrivals, 2, 3), 3);
});

Deno.test("missed throws when a whole tick is missing", () => {
  assert.throws(() => missed([parseArrival("1000 5 0")], 2, 1), { message: /1 ticks .* of 2/ });
});
