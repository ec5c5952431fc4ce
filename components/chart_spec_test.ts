import assert from "node:assert/strict";
import { axisLabel, hostCharts, largest, roundUp, vmCharts } from "@/components/chart_spec.ts";

Deno.test("roundUp goes to the next 1, 2 or 5 with zeros", () => {
  const cases = [[1, 1], [1.1, 2], [2, 2], [3, 5], [7, 10], [100, 100], [101, 200], [
    48_000,
    50_000,
  ]];
  for (const [value, top] of cases) assert.equal(roundUp(value ?? 0, 1), top);
  assert.equal(roundUp(3, 10_000), 10_000);
});

const DEVICES = [
  { key: "nic:m", kind: "nic", name: "vnet0" },
  { key: "disk:vda", kind: "disk", name: "vda" },
] as const;

Deno.test("vmCharts has a chart for each device", () => {
  const charts = vmCharts(1000, [...DEVICES]);
  assert.deepEqual(charts.map(({ title, lines }) => [title, lines.map(({ label }) => label)]), [
    ["CPU", [""]],
    ["Memory", ["used", "on the host"]],
    ["Network vnet0", ["in", "out"]],
    ["Disk vda", ["read", "write"]],
  ]);
});

Deno.test("charts scale memory to what there is", () => {
  for (const charts of [vmCharts(1000, []), hostCharts(1000)]) {
    const memory = charts.find(({ title }) => title === "Memory");
    assert.equal(memory?.top(200), 1000);
    assert.equal(memory?.top(1200), 1200);
  }
});

Deno.test("largest looks over nulls", () => {
  assert.equal(largest([[null, 3], [2, null]]), 3);
  assert.equal(largest([[null], []]), 0);
});

Deno.test("axisLabel leaves out what a round number does not need", () => {
  const [cpu, , network] = vmCharts(1000, [...DEVICES]);
  assert.ok(cpu && network);
  assert.deepEqual([0, 50, 100].map((value) => axisLabel(cpu, value)), [
    "0",
    "50\u00a0%",
    "100\u00a0%",
  ]);
  assert.equal(axisLabel(network, 2500), "2.5\u00a0kB/s");
});
