import assert from "node:assert/strict";
import { Slots } from "./slots.ts";

Deno.test("Slots gives out as many as it has, then makes wait in order of arrival", async () => {
  const slots = new Slots(2);
  assert.equal(slots.tryTake(), true);
  assert.equal(await slots.take(), true);
  assert.equal(slots.tryTake(), false);
  const order: string[] = [];
  const waiting = ["first", "second"].map(async (name) => {
    await slots.take();
    order.push(name);
  });
  assert.deepEqual(order, []);
  slots.release();
  slots.release();
  await Promise.all(waiting);
  assert.deepEqual(order, ["first", "second"]);
});

Deno.test("Slots.take answers false when none came free in time, and loses none by it", async () => {
  const slots = new Slots(1);
  await slots.take();
  assert.equal(await slots.take(1), false);
  slots.release();
  assert.equal(slots.tryTake(), true);
  assert.equal(slots.tryTake(), false);
});
