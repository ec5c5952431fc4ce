import assert from "node:assert/strict";
import type { Sample } from "@/protocol.ts";
import { HistoryRing } from "./history.ts";

const CAPACITY = 600;
const START = 1_700_000_000;

/** A sample of one second, whose numbers all tell which second. */
const sample = (second: number): Sample => ({
  time: new Date((START + second) * 1000).toISOString(),
  metrics: {
    cpu: { utilization: second % 100 },
    memory: { used: second * 1024, total: 1 },
    network: { rxBytes: 1, txBytes: 1, rxPackets: 1, txPackets: 1 },
    disk: { readBytes: 1, writeBytes: 1, readOps: 1, writeOps: 1 },
  },
  rates: { rxBytes: second, txBytes: second + 1, readBytes: second + 2, writeBytes: second + 3 },
  stale: false,
});

/** By the steady clock, in ms. */
const at = (second: number) => 5_000 + second * 1000;
/** All samples from second `since` on, asked for in second `now`. */
const from = (ring: HistoryRing, since: number, now = 2_000) =>
  ring.last(now - since, { unix: (START + now) * 1000, steady: at(now) });

const nothing: Sample = {
  ...sample(0),
  metrics: { ...sample(0).metrics, cpu: { utilization: null }, memory: { used: null, total: 1 } },
  rates: { rxBytes: null, txBytes: null, readBytes: null, writeBytes: null },
};

Deno.test("HistoryRing without samples gives empty columns", () => {
  assert.deepEqual(from(new HistoryRing(), 0), {
    time: [],
    cpu: [],
    memory: [],
    rxBytes: [],
    txBytes: [],
    readBytes: [],
    writeBytes: [],
  });
});

Deno.test("HistoryRing gives its samples by column, oldest first", () => {
  const ring = new HistoryRing();
  for (const second of [3, 4]) ring.push(sample(second), at(second));
  assert.deepEqual(from(ring, 0), {
    time: [START + 3, START + 4],
    cpu: [3, 4],
    memory: [3072, 4096],
    rxBytes: [3, 4],
    txBytes: [4, 5],
    readBytes: [5, 6],
    writeBytes: [6, 7],
  });
});

Deno.test("HistoryRing gives null where nothing was reported, and zero where zero was", () => {
  const ring = new HistoryRing();
  ring.push(nothing, at(0));
  ring.push(sample(0), at(0));
  const { time, ...columns } = from(ring, 0);
  assert.equal(time.length, 2);
  for (const [name, [first]] of Object.entries(columns)) assert.equal(first, null, name);
  assert.equal(columns.cpu[1], 0);
  assert.equal(columns.rxBytes[1], 0);
});

Deno.test("HistoryRing.last leaves out what is older, and keeps what is of that second", () => {
  const ring = new HistoryRing();
  for (let second = 0; second < 10; second++) ring.push(sample(second), at(second));
  assert.deepEqual(from(ring, 7).time, [START + 7, START + 8, START + 9]);
  assert.deepEqual(from(ring, 7).cpu, [7, 8, 9]);
  assert.deepEqual(from(ring, 10).time, []);
});

Deno.test("HistoryRing tells times by the clock as it goes now, in order though it was set", () => {
  const ring = new HistoryRing();
  for (const second of [0, 1, 2]) ring.push(sample(second), at(second));
  const day = 24 * 3600;
  const { time } = ring.last(60, { unix: (START + 2 + day) * 1000, steady: at(2) });
  assert.deepEqual(time, [START + day, START + day + 1, START + day + 2]);
});

for (const count of [CAPACITY - 1, CAPACITY, CAPACITY + 1, 2 * CAPACITY + 17]) {
  Deno.test(`HistoryRing after ${count} samples holds the last ${CAPACITY} at most`, () => {
    const ring = new HistoryRing();
    for (let second = 0; second < count; second++) ring.push(sample(second), at(second));
    const held = Array.from({ length: count }, (_, second) => second).slice(-CAPACITY);
    const { time, rxBytes, cpu } = from(ring, 0);
    assert.deepEqual(time, held.map((second) => START + second));
    assert.deepEqual(rxBytes, held);
    assert.deepEqual(cpu, held.map((second) => second % 100));
    assert.deepEqual(from(ring, count - 2).rxBytes, [count - 2, count - 1]);
  });
}
