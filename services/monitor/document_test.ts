import assert from "node:assert/strict";
import { type Measured, Metrics } from "@/protocol/mod.ts";
import { toMetrics } from "./document.ts";

const NOTHING: Measured = {
  cpu: { utilization: 1.5 },
  memory: { used: null, total: null },
  network: { rxBytes: null, txBytes: null, rxPackets: null, txPackets: null },
  disk: { readBytes: null, writeBytes: null, readOps: 7, writeOps: null },
};

Deno.test("toMetrics gives numbers alone: memory that the host holds, counters that counted nothing", () => {
  const metrics = toMetrics(NOTHING, { memory: 4096, resident: 1024 });
  assert.deepEqual(Metrics.parse(metrics), {
    cpu: { utilization: 1.5 },
    memory: { used: 1024, total: 4096 },
    network: { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    disk: { readBytes: 0, writeBytes: 0, readOps: 7, writeOps: 0 },
  });
});

Deno.test("toMetrics gives as used what the guest says, else what QEMU holds, else all that it has", () => {
  const used = (memory: Measured["memory"], resident?: number) =>
    toMetrics({ ...NOTHING, memory }, { memory: 4096, resident })?.memory.used;
  assert.equal(used({ used: 100, total: 2048 }, 1024), 100);
  assert.equal(used({ used: null, total: 2048 }, 3000), 2048);
  assert.equal(used({ used: null, total: 2048 }), 2048);
});

Deno.test("toMetrics waits for the second sample, which CPU takes", () => {
  const measured = { ...NOTHING, cpu: { utilization: null } };
  assert.equal(toMetrics(measured, { memory: 1, resident: 1 }), null);
});
