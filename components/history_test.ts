import assert from "node:assert/strict";
import type { Sample } from "@/protocol.ts";
import {
  append,
  type History,
  merge,
  sampleAt,
  thin,
  toDraw,
  WINDOW,
} from "@/components/history.ts";

const START = 1_700_000_000;
const sample = (seconds: number, cpu: number | null = 5, stale = false): Sample => ({
  time: new Date((START + seconds) * 1000).toISOString(),
  stale,
  metrics: {
    cpu: { utilization: cpu },
    memory: { used: 100, total: 200 },
    network: { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    disk: { readBytes: 0, writeBytes: 0, readOps: 0, writeOps: 0 },
  },
  rates: { rxBytes: 1, txBytes: 2, readBytes: 3, writeBytes: null },
});
const empty: History = {
  time: [],
  cpu: [],
  memory: [],
  rxBytes: [],
  txBytes: [],
  readBytes: [],
  writeBytes: [],
};
const every = (...seconds: number[]) =>
  seconds.reduce((history, at) => append(history, sample(at, at)), empty);

Deno.test("append adds a sample to every column", () => {
  assert.deepEqual(append(empty, sample(0)), {
    time: [START],
    cpu: [5],
    memory: [100],
    rxBytes: [1],
    txBytes: [2],
    readBytes: [3],
    writeBytes: [null],
  });
});

Deno.test("append ignores a sample that is not newer", () => {
  const history = every(0, 1);
  assert.equal(append(history, sample(1)), history);
  assert.equal(append(history, sample(0)), history);
});

Deno.test("append forgets what has left the window", () => {
  const history = every(0, 1, WINDOW + 1);
  assert.deepEqual(history.time, [START + 1, START + WINDOW + 1]);
  assert.deepEqual(history.cpu, [1, WINDOW + 1]);
});

Deno.test("append records a stale sample as nothing measured", () => {
  assert.deepEqual(append(every(0), sample(1, 9, true)).cpu, [0, null]);
});

Deno.test("merge adds to the remembered samples only what is newer", () => {
  assert.deepEqual(merge(every(0, 1, 2), every(1, 2, 3, 4)), every(0, 1, 2, 3, 4));
  assert.deepEqual(merge(every(0, 1), every(0, 1)), every(0, 1));
  assert.deepEqual(merge(empty, every(5)), every(5));
});

Deno.test("thin keeps the last point and at most the count asked for", () => {
  const history = every(...Array.from({ length: 100 }, (_, i) => i));
  const thinned = thin(history, 30);
  assert.ok(thinned.time.length <= 30 && thinned.time.length >= 20);
  assert.equal(thinned.time.at(-1), START + 99);
  assert.equal(thinned.cpu.length, thinned.time.length);
  assert.equal(thin(history, 100), history);
});

Deno.test("toDraw puts a null between the two sides of a time without samples", () => {
  const [time, cpu] = toDraw(every(0, 1, 90, 91), ["cpu"]);
  assert.deepEqual(cpu, [0, 1, null, 90, 91]);
  assert.equal(time.length, 5);
  assert.ok(time.every((at, i) => i === 0 || at > (time[i - 1] ?? 0)), "times ascend");
});

Deno.test("toDraw leaves no hole where watchers left and others came", () => {
  for (const away of [6, 20, 40, 60]) {
    const [, cpu] = toDraw(every(0, 1, 1 + away, 2 + away), ["cpu"]);
    assert.deepEqual(cpu, [0, 1, 1 + away, 1 + away, 2 + away], `${away} s`);
  }
});

Deno.test("toDraw shows an average of the slow beat over all its time, and memory as it was", () => {
  const slow = append(append(every(0), sample(60, 40)), sample(61, 2));
  slow.memory = [100, 700, 800];
  const [time, cpu, memory] = toDraw(slow, ["cpu", "memory"]);
  assert.deepEqual(time.map((at) => Math.round((at - START) * 1000)), [0, 1, 60_000, 61_000]);
  assert.deepEqual(cpu, [0, 40, 40, 2], "no rise to the minute's end");
  assert.deepEqual(memory, [100, 100, 700, 800]);
});

Deno.test("sampleAt finds the sample that a drawn point belongs to", () => {
  const history = every(0, 60, 61, 190);
  const [time] = toDraw(history, ["cpu"]);
  assert.deepEqual(time.map((at) => sampleAt(history, at)), [0, 1, 1, 2, -1, 3]);
});
