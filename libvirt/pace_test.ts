import assert from "node:assert/strict";
import { within } from "@/tests/harness/wait.ts";
import { Pace } from "./pace.ts";

/** A pace, and what it did: each look with when it was, and what it said of listening. */
function watched(comes: () => boolean) {
  const looks: number[] = [];
  const told: boolean[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    looks.push(performance.now());
    return comes();
  };
  const pace = new Pace(look, (on) => {
    told.push(on);
    if (on) resolve();
  });
  return { pace, looks, told, listens: promise };
}

Deno.test("Pace looks at once at what comes after a pause, and goes on listening", () => {
  const { pace, looks, told } = watched(() => true);
  using _ = pace;
  pace.came();
  assert.equal(looks.length, 1);
  assert.deepEqual(told, []);
});

Deno.test("Pace looks every few ms while more keeps coming, and listens again when none does", async () => {
  let left = 5;
  const { pace, looks, told, listens } = watched(() => left-- > 0);
  using _ = pace;
  pace.came();
  pace.came();
  assert.equal(looks.length, 1);
  assert.deepEqual(told, [false]);
  await within(5_000, "it to listen again", listens);
  assert.equal(left, -1, "it looked once more after the last that came");
  for (const [at, when] of looks.slice(1).entries()) {
    // A timer may fire a little early.
    assert.ok(when - looks[at]! >= 3, `look ${at + 1} came ${when - looks[at]!} ms after the last`);
  }
  assert.deepEqual(told, [false, true]);
});

Deno.test("Pace does not listen again when a look ends it", async () => {
  const ended = Promise.withResolvers<void>();
  let left = 3;
  const { pace, looks, told } = watched(() => {
    if (--left > 0) return true;
    pace[Symbol.dispose]();
    ended.resolve();
    return false;
  });
  pace.came();
  pace.came();
  await within(5_000, "the end", ended.promise);
  await Promise.resolve();
  assert.equal(looks.length, 3);
  assert.deepEqual(told, [false]);
});

Deno.test("Pace that is disposed in a pause never looks again", async () => {
  const { pace, looks, told } = watched(() => true);
  pace.came();
  pace.came();
  pace[Symbol.dispose]();
  // Its pause begins later and is as long, so it ends after one that goes on would.
  const other = watched(() => false);
  using _ = other.pace;
  other.pace.came();
  other.pace.came();
  await within(5_000, "another one's pause to end", other.listens);
  assert.equal(looks.length, 1);
  assert.deepEqual(told, [false]);
});
