import assert from "node:assert/strict";
import process from "node:process";
import { processCPU } from "./process_cpu.ts";

Deno.test("processCPU reads the same clock as getrusage, to the nanosecond", () => {
  const before = process.cpuUsage();
  const cpu = processCPU(Deno.pid);
  const after = process.cpuUsage();
  const slack = 1e6; // getrusage scales user and system time, so it may differ a little
  assert.ok(cpu >= (before.user + before.system) * 1e3 - slack);
  assert.ok(cpu <= (after.user + after.system) * 1e3 + slack);
});

Deno.test("processCPU throws for a process that does not exist", () => {
  assert.throws(() => processCPU(2 ** 22 + 1), /no process 4194305/);
});
