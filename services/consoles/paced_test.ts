import assert from "node:assert/strict";
import { Paced } from "./paced.ts";

Deno.test("Paced does it at once after a pause, and once for all who ask meanwhile", async () => {
  let done = 0;
  using paced = new Paced(() => done++);
  for (let asked = 0; asked < 3; asked++) paced.soon(1_000_000);
  assert.equal(done, 0);
  await Promise.resolve();
  assert.equal(done, 1);
});

Deno.test("Paced keeps its pace, unless it is told to do it now", async () => {
  const second = Promise.withResolvers<number>();
  let done = 0;
  using paced = new Paced(() => ++done === 2 && second.resolve(performance.now()));
  const begin = performance.now();
  paced.now();
  paced.soon(20);
  await Promise.resolve();
  assert.equal(done, 1);
  assert.ok(await second.promise - begin >= 19);
  paced.soon(1_000_000);
  paced.now();
  assert.equal(done, 3);
});
