import assert from "node:assert/strict";
import { Heartbeat } from "@/islands/hooks/heartbeat.ts";

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
  heartbeat.check(10);
  await promise;
  heartbeat.stop();
  assert.equal(beats, 1);
});

Deno.test("Heartbeat check is satisfied by any message", async () => {
  let silent = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = new Heartbeat(60_000, () => {}, () => silent = true);
  asked.check(10);
  asked.heard();
  // A second one, which nobody answers, is the clock of this test.
  const clock = new Heartbeat(60_000, () => {}, resolve);
  clock.check(30);
  await promise;
  asked.stop();
  clock.stop();
  assert.equal(silent, false);
});

Deno.test("Heartbeat does not answer an answer", () => {
  let beats = 0;
  const heartbeat = new Heartbeat(60_000, () => beats++, () => {});
  for (let i = 0; i < 100; i++) heartbeat.heard();
  heartbeat.stop();
  assert.equal(beats, 0);
});
