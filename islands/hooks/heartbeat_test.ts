import assert from "node:assert/strict";
import { Heartbeat } from "@/islands/hooks/heartbeat.ts";

/** The time of day goes on by so many ms until it is disposed. */
function later(milliseconds: number): Disposable {
  const { now } = Date;
  Date.now = () => now() + milliseconds;
  return { [Symbol.dispose]: () => void (Date.now = now) };
}

Deno.test("Heartbeat calls silent after two intervals without a word", async () => {
  let beats = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const heartbeat = new Heartbeat(20, () => beats++, resolve);
  await promise;
  heartbeat.stop();
  assert.ok(beats >= 1, "it asked before it gave up");
});

Deno.test("Heartbeat check calls silent when nothing answers in time", async () => {
  let beats = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const heartbeat = new Heartbeat(60_000, () => beats++, resolve);
  using _ = later(2_000);
  heartbeat.check(10);
  await promise;
  heartbeat.stop();
  assert.equal(beats, 1);
});

Deno.test("Heartbeat check is satisfied by any message", async () => {
  let silent = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = new Heartbeat(60_000, () => {}, () => silent = true);
  // A second one, which nobody answers, is the clock of this test.
  const clock = new Heartbeat(60_000, () => {}, resolve);
  using _ = later(2_000);
  asked.check(10);
  asked.heard();
  clock.check(30);
  await promise;
  asked.stop();
  clock.stop();
  assert.equal(silent, false);
});

Deno.test("Heartbeat check asks nothing within a second and a half of a message", () => {
  let beats = 0;
  const heartbeat = new Heartbeat(60_000, () => beats++, () => {});
  for (const [passed, asked] of [[0, 0], [1_400, 0], [1_600, 1]] as const) {
    using _ = later(passed);
    heartbeat.check(60_000);
    assert.equal(beats, asked, `after ${passed} ms`);
  }
  heartbeat.stop();
});

Deno.test("Heartbeat does not answer an answer", () => {
  let beats = 0;
  const heartbeat = new Heartbeat(60_000, () => beats++, () => {});
  for (let i = 0; i < 100; i++) heartbeat.heard();
  heartbeat.stop();
  assert.equal(beats, 0);
});
