import assert from "node:assert/strict";
import { EventLog } from "./event_log.ts";

const FIRST = 1_000;

/** A log of at most 4 in which `count` events were written down, by a clock that stands. */
function log(count: number): EventLog {
  const log = new EventLog(4, () => FIRST);
  for (let n = 1; n <= count; n++) log.add({ kind: `k${n}`, vm: null, detail: {} }, null, n);
  return log;
}

const since = (log: EventLog, seq: number) => {
  const { entries, gap } = log.since(seq);
  return { kinds: entries.map(({ event }) => event.kind), gap };
};

Deno.test("EventLog numbers events one by one where the clock stands", () => {
  const entries = [...log(3).newest()].reverse();
  assert.deepEqual(entries.map(({ event }) => event.seq), [FIRST + 1, FIRST + 2, FIRST + 3]);
  assert.equal(log(3).mark(), FIRST + 3);
  assert.equal(log(0).mark(), FIRST);
});

Deno.test("EventLog numbers events by the clock, and marks between them", () => {
  let now = FIRST;
  const log = new EventLog(4, () => now);
  const add = (at: number) => {
    now = at;
    return log.add({ kind: `k${at}`, vm: null, detail: {} }, null, at).event.seq;
  };
  assert.deepEqual([add(1_010), add(1_010), add(1_005), add(1_500)], [1_010, 1_011, 1_012, 1_500]);
  now = 1_600;
  assert.equal(log.mark(), 1_600);
  // Nothing that comes later is at or below a mark that was given.
  assert.equal(add(1_550), 1_601);
  assert.deepEqual(since(log, 1_600), { kinds: ["k1550"], gap: undefined });
  assert.deepEqual(since(log, FIRST), {
    kinds: ["k1010", "k1005", "k1500", "k1550"],
    gap: { from: FIRST + 1, to: 1_010 },
  });
});

Deno.test("EventLog.since gives what came after that number, and says nothing of a gap", () => {
  assert.deepEqual(since(log(3), FIRST + 1), { kinds: ["k2", "k3"], gap: undefined });
  assert.deepEqual(since(log(3), FIRST), { kinds: ["k1", "k2", "k3"], gap: undefined });
  assert.deepEqual(since(log(3), FIRST + 3), { kinds: [], gap: undefined });
  assert.deepEqual(since(log(0), FIRST), { kinds: [], gap: undefined });
});

Deno.test("EventLog.since says exactly which numbers are not remembered any more", () => {
  assert.deepEqual(since(log(9), FIRST + 2), {
    kinds: ["k6", "k7", "k8", "k9"],
    gap: { from: FIRST + 3, to: FIRST + 5 },
  });
  assert.deepEqual(since(log(9), FIRST + 5), {
    kinds: ["k6", "k7", "k8", "k9"],
    gap: undefined,
  });
});

Deno.test("EventLog.since takes numbers of an earlier start for missed", () => {
  assert.deepEqual(since(log(1), 7), { kinds: ["k1"], gap: { from: 8, to: FIRST } });
  assert.deepEqual(since(log(0), 7), { kinds: [], gap: { from: 8, to: FIRST } });
});

Deno.test("EventLog.since gives all it has for a number that it never gave, and the gap before", () => {
  const gap = { from: 1, to: FIRST };
  assert.deepEqual(since(log(2), FIRST + 50), { kinds: ["k1", "k2"], gap });
  assert.deepEqual(since(log(0), FIRST + 50), { kinds: [], gap });
});

Deno.test("EventLog.newest gives what is remembered, the newest first", () => {
  const kinds = (count: number) => [...log(count).newest()].map(({ event }) => event.kind);
  assert.deepEqual(kinds(0), []);
  assert.deepEqual(kinds(2), ["k2", "k1"]);
  assert.deepEqual(kinds(6), ["k6", "k5", "k4", "k3"]);
});
