import assert from "node:assert/strict";
import { VMQueues } from "./queues.ts";

Deno.test("VMQueues does one thing at a time for a VM, in order, and others beside it", async () => {
  const queues = new VMQueues();
  const said: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = queues.add("a", async () => {
    await first.promise;
    said.push("a1");
  });
  const two = queues.add("a", () => Promise.resolve(said.push("a2")));
  await queues.add("b", () => Promise.resolve(said.push("b1")));
  assert.deepEqual([queues.length("a"), queues.length("b")], [2, 0]);
  first.resolve();
  await Promise.all([one, two]);
  assert.deepEqual(said, ["b1", "a1", "a2"]);
  assert.equal(queues.length("a"), 0);
});

Deno.test("VMQueues goes on after what failed, and tells who added it", async () => {
  const queues = new VMQueues();
  const failing = queues.add("a", () => Promise.reject(new Error("no")));
  const next = queues.add("a", () => Promise.resolve("yes"));
  await assert.rejects(failing, /no/);
  assert.equal(await next, "yes");
});

Deno.test("VMQueues.ended waits for all that was added, failures included", async () => {
  const queues = new VMQueues();
  const { promise, reject } = Promise.withResolvers<void>();
  const failing = assert.rejects(queues.add("a", () => promise), /late/);
  let ended = false;
  const all = queues.ended().then(() => ended = true);
  await Promise.resolve();
  assert.equal(ended, false);
  reject(new Error("late"));
  await all;
  await failing;
});
