import assert from "node:assert/strict";
import type { Host, Sample, ServerMessage, VM } from "@/protocol/mod.ts";
import { applyToOverview, overview } from "@/islands/hooks/overview.ts";

const AT = "2025-03-01T12:00:00.000Z";
const LATER = "2025-03-01T12:00:05.000Z";

const host: Host = {
  name: "rack1",
  uri: "qemu:///system",
  libvirt: { connected: true, since: AT, message: null },
  cpu: null,
  bootedAt: null,
  memory: null,
  storage: null,
  versions: { virtglass: "0.1.0", libvirt: null, hypervisor: null },
};
const vm = (name: string, more: Partial<VM> = {}): VM => ({
  uuid: `uuid-of-${name}`,
  name,
  host: "rack1",
  status: "running",
  lastStateChange: AT,
  uptime: 60,
  reason: "booted",
  persistent: true,
  autostart: false,
  vcpus: 1,
  memory: 1024,
  console: true,
  note: null,
  addresses: [],
  sample: null,
  ...more,
});
const sample = (utilization: number): Sample => ({
  time: LATER,
  stale: false,
  metrics: {
    cpu: { utilization },
    memory: { used: 1, total: 2 },
    network: { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    disk: { readBytes: 0, writeBytes: 0, readOps: 0, writeOps: 0 },
  },
  rates: { rxBytes: 0, txBytes: 0, readBytes: 0, writeBytes: 0 },
});
const start = () => overview(host, [vm("web10"), vm("web2"), vm("db")], Date.parse(AT));
const names = (state: { vms: { name: string }[] }) => state.vms.map(({ name }) => name);
const apply = (message: Omit<ServerMessage, "timestamp">, state = start()) =>
  applyToOverview(state, { timestamp: LATER, ...message } as ServerMessage);

Deno.test("overview sorts by name as people count and knows when each guest started", () => {
  assert.deepEqual(names(start()), ["db", "web2", "web10"]);
  assert.equal(start().vms[0]?.startedAt, Date.parse(AT) - 60_000);
  assert.equal(
    overview(host, [vm("x", { status: "stopped", uptime: 0 })], 0).vms[0]?.startedAt,
    null,
  );
});

Deno.test("applyToOverview puts a new VM in its place and replaces a known one", () => {
  assert.deepEqual(names(apply({ type: "vm", data: vm("web3") })), ["db", "web2", "web3", "web10"]);
  const paused = apply({ type: "vm", data: vm("web2", { status: "paused" }) });
  assert.deepEqual(names(paused), ["db", "web2", "web10"]);
  assert.equal(paused.vms[1]?.status, "paused");
});

Deno.test("applyToOverview follows a renamed VM by its uuid", () => {
  const renamed = apply({ type: "vm", data: vm("zz", { uuid: "uuid-of-db" }) });
  assert.deepEqual(names(renamed), ["web2", "web10", "zz"]);
});

Deno.test("applyToOverview takes a removed VM out", () => {
  const data = { uuid: "uuid-of-db", name: "db" };
  assert.deepEqual(names(apply({ type: "vm_removed", data })), ["web2", "web10"]);
});

Deno.test("applyToOverview changes only the VMs that have a sample", () => {
  const before = start();
  const after = apply({ type: "samples", data: { vms: { db: sample(42) } } }, before);
  assert.equal(after.vms[0]?.sample?.metrics.cpu.utilization, 42);
  assert.equal(after.vms[1], before.vms[1]);
  assert.equal(after.now, Date.parse(LATER));
});

Deno.test("applyToOverview is not fooled by a VM named like a property of every object", () => {
  const before = overview(host, [vm("constructor")], 0);
  const after = apply({ type: "samples", data: { vms: {} } }, before);
  assert.equal(after.vms[0]?.sample, null);
});

Deno.test("applyToOverview replaces the list by the snapshot of a subscription to vms only", () => {
  const vms = [vm("new")];
  const all = apply({ type: "subscribed", data: { topics: ["vms"], seq: 1, vms } });
  assert.deepEqual(names(all), ["new"]);
  const single = apply({ type: "subscribed", data: { topics: ["vm:new"], seq: 1, vms } });
  assert.deepEqual(names(single), ["db", "web2", "web10"]);
});

Deno.test("applyToOverview takes the host from its message and from a snapshot", () => {
  const lost = { ...host, libvirt: { connected: false, since: LATER, message: "gone" } };
  assert.equal(apply({ type: "host", data: lost }).host.libvirt.connected, false);
  const topics = ["host"];
  const snapshot = apply({ type: "subscribed", data: { topics, seq: 1, host: lost } });
  assert.equal(snapshot.host.libvirt.message, "gone");
});
