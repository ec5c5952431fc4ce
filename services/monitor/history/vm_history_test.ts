import assert from "node:assert/strict";
import type { DomainStats } from "@/libvirt/mod.ts";
import { MetricsHistory, type Sample, SampleDevices } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import type { VMRecord } from "../../vms/mod.ts";
import { MOST_DEVICES, VMHistory } from "./vm_history.ts";

const MAC = "52:54:00:00:00:01";
const at = (second: number) => 120_000 + second * 1000;
const ALL = { since: 600, until: 0, step: 1 };
const moment = (second: number) => ({ unix: second * 1000, steady: at(second) });

/** A record with NICs of these names on the host, each with the MAC given. */
const record = (nics: Record<string, string> = { vnet0: MAC }) =>
  ({
    definition: {
      interfaces: Object.entries(nics).map(([device, mac]) => ({ device, mac })),
    },
  }) as VMRecord;

const sample = ({ stale = false } = {}): Sample => ({
  time: new Date(0).toISOString(),
  metrics: {
    cpu: { utilization: 12.5 },
    memory: { used: 1024, total: 4096 },
    network: { rxBytes: null, txBytes: null, rxPackets: null, txPackets: null },
    disk: { readBytes: null, writeBytes: null, readOps: null, writeOps: null },
  },
  rates: { rxBytes: null, txBytes: null, readBytes: null, writeBytes: null },
  stale,
});

const nic = (rxBytes: number, txBytes = 0, name = "vnet0") => ({ name, rxBytes, txBytes });
const disk = (readBytes: number, writeBytes = 0, name = "vda") => ({ name, readBytes, writeBytes });

/** Takes one sample a second of what is given. */
function history(
  seconds: Partial<DomainStats>[],
  options: { record?: VMRecord; history?: VMHistory; from?: number; stale?: boolean } = {},
): VMHistory {
  const made = options.history ?? new VMHistory();
  const of = options.record ?? record();
  seconds.forEach((stats, n) => {
    const second = (options.from ?? 0) + n;
    made.take(sample(options), { uuid: "u", ...stats }, of, at(second));
  });
  return made;
}

const told = (of: VMHistory, second = 500, step = 1) => {
  const all = of.told({ ...ALL, step }, moment(second));
  assert.deepEqual(z.strictObject(MetricsHistory.shape).parse(all), all);
  return all;
};

Deno.test("VMHistory has the rates of each disk and NIC, and their sums", () => {
  const made = history([
    { interfaces: [nic(100, 10), nic(0, 0, "vnet1")], blocks: [disk(0), disk(5, 5, "vdb")] },
    { interfaces: [nic(300, 20), nic(50, 1, "vnet1")], blocks: [disk(40), disk(5, 9, "vdb")] },
  ], { record: record({ vnet0: MAC, vnet1: "52:54:00:00:00:02" }) });
  const { cpu, nics, disks, rxBytes, txBytes, readBytes, writeBytes } = told(made);
  assert.deepEqual(cpu, [12.5, 12.5]);
  assert.deepEqual(nics, [
    { mac: MAC, device: "vnet0", rxBytes: [null, 200], txBytes: [null, 10] },
    { mac: "52:54:00:00:00:02", device: "vnet1", rxBytes: [null, 50], txBytes: [null, 1] },
  ]);
  assert.deepEqual(disks, [
    { device: "vda", readBytes: [null, 40], writeBytes: [null, 0] },
    { device: "vdb", readBytes: [null, 0], writeBytes: [null, 4] },
  ]);
  assert.deepEqual([rxBytes, txBytes], [[null, 250], [null, 11]]);
  assert.deepEqual([readBytes, writeBytes], [[null, 40], [null, 4]]);
});

Deno.test("VMHistory has the guest's memory and what QEMU holds for it", () => {
  const { memory, resident } = told(history([{ balloon: { rss: 3 } }, {}]));
  assert.deepEqual([memory, resident], [[1024, 1024], [3072, 3072]]);
});

Deno.test("VMHistory has maxima where points are means", () => {
  const rates = [0, 100, 100, 700].map((rxBytes) => ({ interfaces: [nic(rxBytes)] }));
  const { nics, max } = told(history(rates), 500, 15);
  assert.deepEqual(nics[0]?.rxBytes, [233]);
  assert.deepEqual(nics[0]?.max?.rxBytes, [600]);
  assert.deepEqual(max?.cpu, [12.5]);
});

Deno.test("VMHistory measures disks over the time since they were last read, and repeats them", () => {
  const made = history([{ blocks: [disk(0)] }, {}, {}, { blocks: [disk(900)] }, {}]);
  const readBytes = told(made).disks[0]?.readBytes;
  assert.deepEqual(readBytes, [null, null, null, 300, 300]);
});

Deno.test("VMHistory has nothing of what is stale but CPU and network", () => {
  const before = [{ interfaces: [nic(0)], blocks: [disk(0)] }, {
    interfaces: [nic(5)],
    blocks: [disk(9)],
  }];
  const made = history(before);
  history([{ interfaces: [nic(10)], blocks: [{ name: "vda" }] }], {
    history: made,
    from: 2,
    stale: true,
  });
  const { cpu, memory, resident, nics, disks } = told(made);
  assert.deepEqual([cpu[2], nics[0]?.rxBytes[2]], [12.5, 5]);
  assert.deepEqual([memory[2], resident[2], disks[0]?.readBytes[2]], [null, null, null]);
});

Deno.test("VMHistory knows a NIC by its MAC over a restart of the guest", () => {
  const made = history([{ interfaces: [nic(0)] }, { interfaces: [nic(500)] }]);
  made.end(at(2));
  history([{ interfaces: [nic(7, 0, "vnet9")] }, { interfaces: [nic(9, 0, "vnet9")] }], {
    history: made,
    record: record({ vnet9: MAC }),
    from: 10,
  });
  const { nics, cpu } = told(made);
  assert.deepEqual(nics.map(({ mac, device }) => [mac, device]), [[MAC, "vnet9"]]);
  assert.deepEqual(nics[0]?.rxBytes, [null, 500, null, null, 2], "from zero, and not from 500");
  assert.deepEqual(cpu, [12.5, 12.5, null, 12.5, 12.5]);
});

Deno.test("VMHistory waits for the definition to tell a NIC's MAC", () => {
  const made = history([{ interfaces: [nic(0)] }], { record: record({}) });
  assert.deepEqual(told(made).nics, []);
  history([{ interfaces: [nic(1)] }, { interfaces: [nic(3)] }], { history: made, from: 1 });
  assert.deepEqual(told(made).nics[0]?.rxBytes, [null, null, 2]);
});

Deno.test("VMHistory tells now of the devices that are there", () => {
  const made = history([
    { interfaces: [nic(0)], blocks: [disk(0), disk(0, 0, "vdb")], balloon: { rss: 1 } },
    { interfaces: [nic(7)], blocks: [disk(2)] },
  ]);
  const devices = made.devices();
  assert.deepEqual(z.strictObject(SampleDevices.shape).parse(devices), {
    resident: 1024,
    nics: [{ mac: MAC, device: "vnet0", rxBytes: 7, txBytes: 0 }],
    disks: [{ device: "vda", readBytes: 2, writeBytes: 0 }],
  });
});

Deno.test("VMHistory keeps so many devices, and lets those go that are gone", () => {
  const many = Array.from({ length: MOST_DEVICES + 3 }, (_, n) => disk(n, 0, `vd${n}`));
  const made = history([{ blocks: many }, { blocks: many }]);
  assert.equal(told(made).disks.length, MOST_DEVICES);
  const left = { blocks: many.slice(3) };
  history([left, left, left], { history: made, from: 2 });
  const { disks } = told(made);
  assert.deepEqual(
    disks.map(({ device }) => device).toSorted(),
    many.slice(3).map(({ name }) => name).toSorted(),
  );
  const last = disks.find(({ device }) => device === many.at(-1)!.name);
  assert.deepEqual(
    last?.readBytes,
    [null, null, null, null, 0],
    "and nothing of the one before it",
  );
});

Deno.test("VMHistory has the devices again that it adopts", () => {
  const made = history([{ interfaces: [nic(0)], blocks: [disk(0)] }, {}]);
  const other = new VMHistory();
  assert.ok(other.adopt(made.series));
  assert.deepEqual(other.series, made.series);
  assert.equal(other.history.columns, made.history.columns);
  for (const wrong of [["cpu"], [...made.series, "x"], ["cpu", "memory", "resident", "a", "b"]]) {
    assert.equal(new VMHistory().adopt(wrong), false, String(wrong));
  }
});
