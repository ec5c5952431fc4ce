import assert from "node:assert/strict";
import type { Sample } from "@/protocol/mod.ts";
import {
  addToSpark,
  noSpark,
  POINTS,
  type Remembered,
  sparkOf,
  sparkPath,
  STEP,
} from "@/components/spark.ts";

const sample = (seconds: number, utilization: number, stale = false): Sample => ({
  time: new Date(seconds * 1000).toISOString(),
  stale,
  metrics: {
    cpu: { utilization },
    memory: { used: 1, total: 2 },
    network: { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    disk: { readBytes: 0, writeBytes: 0, readOps: 0, writeOps: 0 },
  },
  rates: { rxBytes: 1000, txBytes: 2000, readBytes: null, writeBytes: null },
});

Deno.test("addToSpark replaces the point of its step, and begins another with the next", () => {
  const one = addToSpark(noSpark, sample(1000, 10));
  assert.deepEqual([one.cpu, one.network, one.disk], [[10], [3], [null]]);
  const same = addToSpark(one, sample(1000 + STEP - 1, 20));
  assert.deepEqual(same.cpu, [20]);
  assert.deepEqual(addToSpark(same, sample(1000 + STEP, 30)).cpu, [20, 30]);
});

Deno.test("addToSpark leaves a gap where nothing came, and forgets what is old", () => {
  const one = addToSpark(noSpark, sample(1000, 10));
  const gap = Array(7).fill(null);
  assert.deepEqual(addToSpark(one, sample(1000 + 8 * STEP, 20)).cpu, [10, ...gap, 20]);
  let spark = one;
  for (let step = 1; step < 50; step++) spark = addToSpark(spark, sample(1000 + step * STEP, step));
  assert.equal(spark.cpu.length, POINTS);
  assert.equal(spark.cpu.at(-1), 49);
});

Deno.test("addToSpark takes neither a stale sample nor one from before", () => {
  const one = addToSpark(noSpark, sample(1000, 10));
  assert.equal(addToSpark(one, sample(1010, 99, true)), one);
  assert.equal(addToSpark(one, sample(900, 99)), one);
});

Deno.test("sparkOf draws a slow beat flat over the steps before it, and begins where something is known", () => {
  const now = 100_000;
  const history: Remembered = {
    time: [now - 90, now - 30, now],
    cpu: [1, 2, 3],
    rxBytes: [0, 5000, 0],
    txBytes: [0, 0, null],
    readBytes: [0, 0, 0],
    writeBytes: [0, 0, 0],
  };
  const { cpu, network } = sparkOf(history);
  assert.equal(cpu.length, network.length);
  assert.deepEqual(cpu.slice(-10), [1, 2, 2, 2, 2, 2, 2, 3, 3, 3]);
  assert.equal(Math.max(...network.map((value) => value ?? 0)), 5);
  const nothing = sparkOf({ ...history, time: [], cpu: [] });
  assert.deepEqual(nothing.cpu, []);
});

Deno.test("the first live sample fills the steps since the slow beat, as a reload would draw them", () => {
  const beats = [1000, 1060, 1120];
  const numbers = { rxBytes: [1000, 1000, 1000], txBytes: [2000, 2000, 2000] };
  const none = { readBytes: [null, null, null], writeBytes: [null, null, null] };
  const remembered = (count: number): Remembered => ({
    time: beats.slice(0, count),
    cpu: [10, 20, 30].slice(0, count),
    ...numbers,
    ...none,
  });
  const live = addToSpark(sparkOf(remembered(2)), sample(1120, 30));
  assert.deepEqual(live.cpu.slice(-7), [20, ...Array(6).fill(30)]);
  const reloaded = sparkOf(remembered(3));
  assert.deepEqual(live, reloaded);
});

Deno.test("sparkPath ends at the right edge, breaks at gaps, and stays within its height", () => {
  assert.equal(sparkPath([0, 100, null, 50], 100), "M52 19L54 1M58 10");
  assert.equal(sparkPath([500], 100), "M58 1");
  assert.equal(sparkPath([], null), "");
});
