import assert from "node:assert/strict";
import { axisLabel, chartSpecs, largest, roundUp } from "@/components/chart_spec.ts";

Deno.test("roundUp goes to the next 1, 2 or 5 with zeros", () => {
  const cases = [[1, 1], [1.1, 2], [2, 2], [3, 5], [7, 10], [100, 100], [101, 200], [
    48_000,
    50_000,
  ]];
  for (const [value, top] of cases) assert.equal(roundUp(value ?? 0, 1), top);
  assert.equal(roundUp(3, 10_000), 10_000);
});

Deno.test("chartSpecs scales memory to what the guest may use", () => {
  const memory = chartSpecs(1000).find(({ title }) => title === "Memory");
  assert.equal(memory?.top(200), 1000);
  assert.equal(memory?.top(1200), 1200);
});

Deno.test("largest looks over nulls", () => {
  assert.equal(largest([[null, 3], [2, null]]), 3);
  assert.equal(largest([[null], []]), 0);
});

Deno.test("axisLabel leaves out what a round number does not need", () => {
  const [cpu, , network] = chartSpecs(1000);
  assert.ok(cpu && network);
  assert.deepEqual([0, 50, 100].map((value) => axisLabel(cpu, value)), [
    "0",
    "50\u00a0%",
    "100\u00a0%",
  ]);
  assert.equal(axisLabel(network, 2500), "2.5\u00a0kB/s");
});
