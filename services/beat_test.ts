import assert from "node:assert/strict";
import { BEAT, onBeat } from "./beat.ts";

Deno.test("onBeat calls all who look in one turn, each until it is disposed", async () => {
  const looked: string[] = [];
  const twice = Promise.withResolvers<void>();
  using _one = onBeat(() => {
    looked.push("one");
    if (looked.filter((who) => who === "one").length === 2) twice.resolve();
  });
  const other = onBeat(() => {
    looked.push("other");
    other[Symbol.dispose]();
  });
  // Its timer keeps no process alive: this one does.
  const patience = setTimeout(() => twice.reject(new Error("no second beat")), 20 * BEAT);
  await twice.promise;
  clearTimeout(patience);
  assert.deepEqual(looked, ["one", "other", "one"]);
});

Deno.test("onBeat begins anew after the last look has been disposed", async () => {
  onBeat(() => {})[Symbol.dispose]();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  using _look = onBeat(resolve);
  const patience = setTimeout(() => reject(new Error("no beat")), 20 * BEAT);
  await promise;
  clearTimeout(patience);
});
