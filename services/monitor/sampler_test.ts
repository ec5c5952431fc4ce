import assert from "node:assert/strict";
import type { DomainStats } from "@/libvirt/mod.ts";
import { Sample } from "@/protocol/mod.ts";
import { Sampler } from "./sampler.ts";

const GIB = 2 ** 30;
const START = Date.UTC(2023, 4, 6);
const VM = { definition: { vcpus: 2, memory: 4 * GIB }, startedAt: START - 3_600_000 };

/** A moment so many seconds after the first sample. */
const moment = (second: number) => ({ unix: START + second * 1000, steady: 77 + second * 1000 });

/** Takes one sample a second from what is given; memory and disks count as asked for when present. */
function samples(...all: Partial<DomainStats>[]): Sample[] {
  const sampler = new Sampler();
  return all.map((stats, second) => {
    const dear = stats.balloon !== undefined || stats.blocks !== undefined;
    return sampler.take({ uuid: "u", ...stats }, VM, dear, moment(second));
  });
}

const nic = (rxBytes: number, txBytes = 0, rxPackets = 0, txPackets = 0) => ({
  name: "vnet0",
  rxBytes,
  txBytes,
  rxPackets,
  txPackets,
});
const disk = (readBytes: number, writeBytes = 0, readOps = 0, writeOps = 0) => ({
  name: "vda",
  readBytes,
  writeBytes,
  readOps,
  writeOps,
});

Deno.test("Sampler gives null for whatever the hypervisor does not report", () => {
  const [first] = samples({});
  assert.deepEqual(Sample.parse(first), {
    time: "2023-05-06T00:00:00.000Z",
    metrics: {
      cpu: { utilization: null },
      memory: { used: null, total: VM.definition.memory },
      network: { rxBytes: null, txBytes: null, rxPackets: null, txPackets: null },
      disk: { readBytes: null, writeBytes: null, readOps: null, writeOps: null },
    },
    rates: { rxBytes: null, txBytes: null, readBytes: null, writeBytes: null },
    stale: false,
  });
});

Deno.test("Sampler measures CPU in percent of all vCPUs together, from the second sample on", () => {
  const [first, second, third] = samples(
    { cpuTime: 5e9 },
    { cpuTime: 5.31e9 },
    { cpuTime: 7.31e9 },
  );
  assert.equal(first?.metrics.cpu.utilization, null);
  assert.equal(second?.metrics.cpu.utilization, 15.5);
  assert.equal(third?.metrics.cpu.utilization, 100);
});

Deno.test("Sampler never shows more than 100 percent of CPU", () => {
  const [, second] = samples({ cpuTime: 0 }, { cpuTime: 3e9 });
  assert.equal(second?.metrics.cpu.utilization, 100);
});

Deno.test("Sampler begins anew when the CPU time does", () => {
  const [, , reset, after] = samples(
    { cpuTime: 9e9 },
    { cpuTime: 9.2e9 },
    { cpuTime: 1e9 },
    { cpuTime: 1.4e9 },
  );
  assert.equal(reset?.metrics.cpu.utilization, 10);
  assert.equal(after?.metrics.cpu.utilization, 20);
});

Deno.test("Sampler takes no rate from two readings of the same moment", () => {
  const sampler = new Sampler();
  const stats = { uuid: "u", cpuTime: 1e9, interfaces: [nic(100)] };
  sampler.take(stats, VM, false, moment(0));
  const { metrics, rates } = sampler.take({ ...stats, cpuTime: 2e9 }, VM, false, moment(0));
  assert.equal(metrics.cpu.utilization, null);
  assert.equal(rates.rxBytes, null);
});

Deno.test("Sampler takes rates by the time that passed, whatever the clock says", () => {
  const sampler = new Sampler();
  const stats = { uuid: "u", cpuTime: 1e9, interfaces: [nic(100)] };
  sampler.take(stats, VM, false, moment(0));
  const day = 24 * 3600 * 1000;
  for (const [second, jump] of [[1, day], [2, 0], [3, -day]] as const) {
    const { unix, steady } = moment(second);
    const now = { ...stats, cpuTime: (1 + second) * 1e9, interfaces: [nic(100 + 50 * second)] };
    const { time, metrics, rates } = sampler.take(now, VM, false, { unix: unix + jump, steady });
    assert.deepEqual([metrics.cpu.utilization, rates.rxBytes], [50, 50]);
    assert.equal(Date.parse(time), unix + jump);
  }
});

Deno.test("Sampler sums counters over all NICs and disks, and rates them per second", () => {
  const [first, second] = samples(
    { interfaces: [nic(100, 10, 4, 1), nic(50)], blocks: [disk(1000, 0, 7), disk(0, 20, 0, 3)] },
    { interfaces: [nic(300, 60, 9, 2), nic(50)], blocks: [disk(5000, 0, 9), disk(0, 20, 0, 3)] },
  );
  assert.deepEqual(first?.metrics.network, {
    rxBytes: 150,
    txBytes: 10,
    rxPackets: 4,
    txPackets: 1,
  });
  assert.deepEqual(first?.metrics.disk, {
    readBytes: 1000,
    writeBytes: 20,
    readOps: 7,
    writeOps: 3,
  });
  assert.deepEqual(second?.rates, { rxBytes: 200, txBytes: 50, readBytes: 4000, writeBytes: 0 });
});

Deno.test("Sampler measures disks over the time since they were last read", () => {
  const [, , , last] = samples({ blocks: [disk(0)] }, {}, {}, { blocks: [disk(9000)] });
  assert.equal(last?.rates.readBytes, 3000);
});

Deno.test("Sampler gives no rate when a counter began anew, and rates again from there", () => {
  const [, , reset, after] = samples(
    { interfaces: [nic(500)] },
    { interfaces: [nic(700)] },
    { interfaces: [nic(10)] },
    { interfaces: [nic(40)] },
  );
  assert.equal(reset?.rates.rxBytes, null);
  assert.equal(reset?.metrics.network.rxBytes, 10);
  assert.equal(after?.rates.rxBytes, 30);
});

Deno.test("Sampler gives zeros for a VM without NICs and disks", () => {
  const [first] = samples({ interfaces: [], blocks: [] });
  assert.equal(first?.metrics.network.rxBytes, 0);
  assert.equal(first?.metrics.disk.writeOps, 0);
});

Deno.test("Sampler repeats what did not come this time", () => {
  const [, second] = samples({
    cpuTime: 1,
    interfaces: [nic(5)],
    blocks: [disk(6)],
    balloon: { current: 1024, rss: 512 },
  }, {});
  assert.equal(second?.metrics.network.rxBytes, 5);
  assert.equal(second?.metrics.disk.readBytes, 6);
  assert.deepEqual(second?.metrics.memory, { used: 512 * 1024, total: 1024 * 1024 });
  assert.equal(second?.stale, false);
});

const GUEST = { current: 4096, rss: 3000, available: 4000, unused: 1000, lastUpdate: 1 };
const MEMORY: [
  what: string,
  balloon: NonNullable<DomainStats["balloon"]>,
  KiB: [number, number],
][] = [
  ["the guest's own view", GUEST, [3000, 4000]],
  ["what the guest could free", { ...GUEST, usable: 2500 }, [1500, 4000]],
  ["QEMU's size for a guest that never reported", { ...GUEST, lastUpdate: 0 }, [3000, 4096]],
  ["QEMU's size without a balloon driver", { current: 4096, rss: 3000 }, [3000, 4096]],
  ["no more than all of it", { current: 4096, rss: 5000 }, [4096, 4096]],
];
for (const [what, balloon, [used, total]] of MEMORY) {
  Deno.test(`Sampler shows as memory ${what}`, () => {
    const [first] = samples({ balloon });
    assert.deepEqual(first?.metrics.memory, { used: used * 1024, total: total * 1024 });
  });
}

Deno.test("Sampler waits a minute for a guest that boots to report, before it shows QEMU's size", () => {
  const sampler = new Sampler();
  const vm = { ...VM, startedAt: START };
  const used = (seconds: number, balloon: NonNullable<DomainStats["balloon"]>) =>
    sampler.take({ uuid: "u", balloon }, vm, true, moment(seconds))
      .metrics.memory.used;
  const silent = { ...GUEST, lastUpdate: 0 };
  assert.equal(used(1, silent), null);
  assert.equal(used(59, silent), null);
  assert.equal(used(60, silent), 3000 * 1024);
  assert.equal(
    new Sampler().take({ uuid: "u", balloon: GUEST }, vm, true, moment(0))
      .metrics.memory.used,
    3000 * 1024,
    "a guest that reports is believed at once",
  );
});

Deno.test("Sampler says stale while QEMU does not answer, and repeats its last values", () => {
  const all = { balloon: GUEST, blocks: [disk(1000)] };
  const silent = { balloon: { current: 4096 }, blocks: [{ name: "vda" }] };
  const [good, stuck, cheap, back] = samples(all, silent, { cpuTime: 1 }, {
    balloon: GUEST,
    blocks: [disk(4000)],
  });
  assert.deepEqual([good, stuck, cheap, back].map((sample) => sample?.stale), [
    false,
    true,
    true,
    false,
  ]);
  assert.deepEqual(stuck?.metrics, good?.metrics);
  assert.equal(back?.rates.readBytes, 1000);
});

Deno.test("Sampler does not call stale a hypervisor that never reports memory", () => {
  const [, second] = samples({ balloon: { current: 4096 } }, { balloon: { current: 4096 } });
  assert.equal(second?.stale, false);
  assert.deepEqual(second?.metrics.memory, { used: null, total: 4096 * 1024 });
});

Deno.test("Sampler does not change a sample that it gave out", () => {
  const sampler = new Sampler();
  const stats = { uuid: "u", cpuTime: 1e9, interfaces: [nic(1)], balloon: GUEST };
  const first = sampler.take(stats, VM, true, moment(0));
  const copy = structuredClone(first);
  sampler.take(
    { ...stats, cpuTime: 2e9, interfaces: [nic(9)], balloon: {} },
    VM,
    true,
    moment(1),
  );
  assert.deepEqual(first, copy);
});
