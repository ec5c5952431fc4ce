import assert from "node:assert/strict";
import fc from "fast-check";
import { INPUT_WINDOW } from "@/protocol/mod.ts";
import { InputQueue, MOST_WAITING, WINDOW } from "@/islands/hooks/input_queue.ts";

/** Bytes of one message at most. */
const MESSAGE = 48 * 1024;

const bytes = (from: number, count: number) =>
  Uint8Array.from({ length: count }, (_, index) => (from + index) % 251);

Deno.test("InputQueue has the server's window", () => {
  assert.equal(WINDOW, INPUT_WINDOW);
});

Deno.test("InputQueue hands on every byte once and in order, and never overfills the window", () => {
  const pushes = fc.array(fc.nat({ max: 150_000 }), { maxLength: 6 });
  fc.assert(
    fc.property(pushes, fc.integer({ min: 1, max: 70_000 }), (sizes, step) => {
      const queue = new InputQueue();
      const received: number[] = [];
      let pushed = 0;
      for (const size of sizes) {
        assert.ok(queue.push(bytes(pushed, size)));
        pushed += size;
      }
      let taken = 0;
      while (received.length < pushed) {
        for (let next = queue.next(); next; next = queue.next()) {
          assert.ok(next.length > 0 && next.length <= MESSAGE);
          received.push(...next);
        }
        assert.ok(queue.unsure <= WINDOW);
        assert.equal(queue.waiting, pushed - received.length);
        taken = Math.min(received.length, taken + step);
        queue.took(taken);
      }
      assert.deepEqual(received, [...bytes(0, pushed)]);
    }),
    { numRuns: 15 },
  );
});

Deno.test("InputQueue refuses whole what is too much, and takes less afterwards", () => {
  const queue = new InputQueue();
  assert.ok(queue.push(new Uint8Array(MOST_WAITING - 10)));
  assert.equal(queue.push(new Uint8Array(11)), false);
  assert.equal(queue.waiting, MOST_WAITING - 10);
  assert.ok(queue.push(new Uint8Array(10)));
});

Deno.test("InputQueue discards what waits and not what was sent", () => {
  const queue = new InputQueue();
  queue.push(new Uint8Array(WINDOW + 5));
  while (queue.next());
  queue.discard();
  assert.deepEqual([queue.waiting, queue.unsure], [0, WINDOW]);
});

Deno.test("InputQueue gives up what was sent too, and goes on from what was taken", () => {
  const queue = new InputQueue();
  queue.push(new Uint8Array(WINDOW + 5));
  while (queue.next());
  queue.took(1000);
  assert.deepEqual(queue.abandon(), { waiting: 5, unsure: WINDOW - 1000, answered: false });
  queue.push(bytes(0, 3));
  assert.deepEqual(queue.next(), bytes(0, 3));
  // Of what was given up the guest takes some after all.
  queue.took(5000);
  assert.equal(queue.unsure, 0);
});

Deno.test("InputQueue sends on beside a key that nobody said was taken", () => {
  const queue = new InputQueue();
  queue.push(Uint8Array.of(1));
  assert.equal(queue.next()?.length, 1);
  queue.push(new Uint8Array(WINDOW));
  assert.deepEqual([queue.next()?.length, queue.next()?.length], [MESSAGE, WINDOW - MESSAGE - 1]);
  assert.equal(queue.next(), null);
});
