// deno run -A sample_client.ts URI: what c/sample.c does, with virtglass' own binding. For each line
// "SAMPLES INTERVAL" on stdin it prints "CPU_NANOSECONDS SAMPLES RECORDS".
import process from "node:process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { Connection, stopEventLoop } from "@/libvirt/mod.ts";
import { frugalMalloc } from "@/services/frugal_malloc.ts";

const GROUPS = ["state", "cpu", "balloon", "interface", "block"] as const;

/** Takes `samples` bulk samples, one every `interval` milliseconds; answers how many VMs they had. */
async function steadily(connection: Connection, samples: number, interval: number) {
  let records = 0;
  let next = performance.now();
  for (let n = 0; n < samples; n++) {
    records += (await connection.stats(GROUPS)).length;
    next += interval;
    const left = next - performance.now();
    if (left > 0) await delay(left);
  }
  return records;
}

// As `serve` begins.
frugalMalloc();
// As its lane of statistics.
const connection = await Connection.open(Deno.args[0] ?? "", { keepAlive: null });
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [samples = 0, interval = 0] = line.split(" ").map(Number);
  const before = process.cpuUsage();
  const records = await steadily(connection, samples, interval);
  const { user, system } = process.cpuUsage(before);
  console.log(`${(user + system) * 1000} ${samples} ${records}`);
}
await connection.close();
await stopEventLoop();
