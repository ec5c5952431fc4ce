import assert from "node:assert/strict";
import type { Recording } from "@/protocol/mod.ts";
import { excess, type Limits, MOST } from "./limits.ts";

const NOW = Date.parse("2026-06-30T12:00:00Z");
const DAY = 86_400_000;
const LIMITS: Limits = { maxSize: 100, maxAge: 30, maxTotal: 300 };

/** Began that many days ago, and ended an hour later, or not yet. */
function recording(id: string, days: number, bytes: number, running = false): Recording {
  const startedAt = NOW - days * DAY;
  return {
    id,
    vm: "web1",
    uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f",
    startedBy: "alice",
    startedAt: new Date(startedAt).toISOString(),
    endedAt: running ? null : new Date(startedAt + 3_600_000).toISOString(),
    ended: running ? null : "Stopped by alice.",
    bytes,
    input: false,
  };
}

function names(
  recordings: Recording[],
  limits = LIMITS,
): [removed: string[], ended: string | null] {
  const { remove, end } = excess(recordings, limits, NOW);
  return [remove.map(({ id }) => id), end?.id ?? null];
}

Deno.test("excess leaves alone what keeps within the limits", () => {
  assert.deepEqual(names([]), [[], null]);
  const all = [recording("a", 1, 100), recording("b", 29, 100), recording("c", 2, 100, true)];
  assert.deepEqual(names(all), [[], null]);
});

Deno.test("excess removes what ended more than maxAge days ago, and nothing that runs", () => {
  const all = [recording("old", 31, 1), recording("new", 29, 1), recording("long", 90, 1, true)];
  assert.deepEqual(names(all), [["old"], null]);
});

Deno.test("excess removes the oldest that ended until all together fit", () => {
  const all = [1, 2, 3, 4, 5].map((days) => recording(`${days}`, days, 90));
  assert.deepEqual(names(all), [["5", "4"], null]);
});

Deno.test("excess counts what runs, but removes what ended instead", () => {
  const all = [recording("a", 1, 50), recording("b", 2, 40), recording("running", 9, 250, true)];
  assert.deepEqual(names(all), [["b"], null]);
});

Deno.test("excess ends the oldest that runs when those that run are too much alone", () => {
  const all = [
    recording("newer", 1, 200, true),
    recording("older", 2, 101, true),
    recording("ended", 3, 10),
  ];
  assert.deepEqual(names(all), [["ended"], "older"]);
});

Deno.test("excess removes the oldest that ended until there are no more than MOST", () => {
  const all = Array.from({ length: MOST - 1 }, (_, n) => recording(`${n}`, n / MOST, 0));
  const running = recording("running", 3, 0, true);
  assert.deepEqual(names([...all, running]), [[], null]);
  const older = [recording("old", 2, 0), running, recording("oldest", 4, 0)];
  assert.deepEqual(names([...all, ...older]), [["oldest", "old"], null]);
});

Deno.test("excess takes a maxAge of 0 to keep nothing that has ended", () => {
  assert.deepEqual(names([recording("a", 0.5, 1)], { ...LIMITS, maxAge: 0 }), [["a"], null]);
});
