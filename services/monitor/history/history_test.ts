import assert from "node:assert/strict";
import { History, type Points, REACH } from "./history.ts";

const START = 1_700_000_000;
/** By the steady clock, in ms: a multiple of two minutes, so that steps begin with second 0. */
const at = (second: number) => 120_000 + second * 1000;

/** A history of one column, or as many as the values have, with one row for each second given. */
function history(rows: readonly (readonly [second: number, ...values: number[]])[]): History {
  const made = new History(rows[0]!.length - 1);
  for (const [second, ...values] of rows) {
    made.row.set(values);
    made.push(at(second));
  }
  return made;
}

const every = (step: number, count: number, value = (second: number) => second) =>
  Array.from({ length: count }, (_, n) => [n * step, value(n * step)] as const);

/** The points since second `since`, with times as seconds and numbers of coded rows rounded. */
function points(of: History, { since = 0, until = 0, step = 1, now = 1_000_000 } = {}): Points {
  const moment = { unix: (START + now) * 1000, steady: at(now) };
  const span = { since: now - since, until: until === 0 ? 0 : now - until, step };
  const { time, means, most } = of.points(span, moment);
  const rounded = (columns: number[][]) =>
    columns.map((values) => values.map((value) => Math.round(value * 10) / 10));
  const seconds = (each: number) => Math.round((each - START) * 1000) / 1000;
  return { time: time.map(seconds), means: rounded(means), most: rounded(most) };
}

Deno.test("History without rows has no points", () => {
  assert.deepEqual(points(new History(1)), { time: [], means: [[]], most: [[]] });
});

Deno.test("History gives what was sampled in the last ten minutes as it was", () => {
  const { time, means } = points(history(every(1, 600, (second) => second + 0.5)));
  assert.deepEqual(time, Array.from({ length: 600 }, (_, second) => second));
  assert.deepEqual(means[0], time.map((second) => second + 0.5));
});

Deno.test("History gives nothing where nothing was measured, and nought where nought was", () => {
  const { means } = points(history([[0, NaN, 1], [1, 0, 1]]));
  assert.deepEqual(means[0], [NaN, 0]);
});

Deno.test("History gives points of 15 s with their mean and maximum, and what is not one yet", () => {
  const { time, means, most } = points(history(every(1, 40)), { step: 15 });
  assert.deepEqual(time, [14, 29, 39]);
  assert.deepEqual(means, [[7, 22, 34.5]]);
  assert.deepEqual(most, [[14, 29, 39]]);
});

Deno.test("History keeps six hours of 15 s and seven days of two minutes", () => {
  const long = history(every(5, 8 * 24 * 720));
  const now = 8 * 24 * 3600;
  const quarter = points(long, { since: now - 5 * 3600, step: 15, now });
  assert.equal(quarter.time.length, 5 * 240);
  const week = points(long, { since: now - REACH + 120, step: 120, now });
  assert.equal(week.time.length, 5039);
  assert.equal(week.time.at(-1), now - 5);
  assert.equal(points(long, { step: 120, now }).time.length, 5041, "and no more");
});

Deno.test("History takes no more memory than it says", () => {
  const long = history(every(15, 8 * 24 * 240).map(([second, value]) => [second, value, 1, 2]));
  assert.equal(long.bytes, 30_720 + 3 * 28_320);
  assert.ok(new History(3).bytes < 5_000, "and little at first");
});

Deno.test("History fills in older times from coarser points", () => {
  const { time } = points(history(every(1, 3600)), { since: 2400, now: 3600 });
  const [first, second, ...rest] = time;
  assert.deepEqual([first, second], [2414, 2429]);
  assert.deepEqual(rest.slice(-600), Array.from({ length: 600 }, (_, n) => 3000 + n));
  assert.deepEqual(time, time.toSorted((a, b) => a - b));
});

Deno.test("History joins points to the step that is asked for", () => {
  const long = history(every(1, 7200));
  const { time, means, most } = points(long, { since: 0, until: 3599, step: 600, now: 7200 });
  // Steps of 600 s by the steady clock, which began 120 s before second 0.
  assert.deepEqual(time, [479, 1079, 1679, 2279, 2879, 3479, 3599]);
  assert.deepEqual(most[0]!.map((each, n) => Math.abs(each - time[n]!) < 1), time.map(() => true));
  assert.ok(means[0]!.every((mean, n) => mean < most[0]![n]!));
});

Deno.test("History weighs each sample by the time it is of", () => {
  // A minute at 100, asked for once, and then a minute at 0, asked for every second.
  const rows = [[-1, 0], [60, 100], ...every(1, 59, () => 0).map(([n, zero]) => [61 + n, zero])];
  const { means, most } = points(history([...rows, [120, 0]] as [number, number][]), { step: 120 });
  assert.ok(Math.abs(means[0]![0]! - 50) < 1, String(means[0]));
  assert.equal(most[0]![0], 100);
});

for (const step of [1, 15, 120]) {
  Deno.test(`History tells a gap in points of ${step} s`, () => {
    const made = history(every(1, 130));
    made.gap(at(130));
    made.gap(at(131));
    for (const [second, value] of every(1, 300)) {
      made.row[0] = value;
      made.push(at(second + 500));
    }
    const { time, means } = points(made, { step });
    const gaps = time.filter((_, n) => Number.isNaN(means[0]![n]!));
    assert.deepEqual(gaps, [130]);
    assert.ok(time.some((second) => second >= 129 && second < 130), "what was before it is told");
  });
}

Deno.test("History tells a gap where no sample came for longer than the slow beat takes", () => {
  const { time, means } = points(history([[0, 1], [60, 2], [136, 3]]));
  assert.deepEqual(time, [0, 60, 60.2, 136]);
  assert.deepEqual(means[0], [1, 2, NaN, 3]);
});

Deno.test("History tells times by the clock as it goes now, in order though it was set", () => {
  const made = history(every(1, 3));
  const day = 24 * 3600;
  const moment = { unix: (START + 2 + day) * 1000, steady: at(2) };
  const { time } = made.points({ since: 60, until: 0, step: 1 }, moment);
  assert.deepEqual(time, [0, 1, 2].map((second) => START + day + second));
});

Deno.test("History.addColumn leaves empty what was before", () => {
  const made = history(every(1, 40));
  assert.equal(made.addColumn(), 1);
  made.row.set([1, 7]);
  made.push(at(40));
  assert.deepEqual(points(made).means[1], [...new Array(40).fill(NaN), 7]);
  assert.deepEqual(points(made, { step: 15 }).means[1], [NaN, NaN, 7]);
});
