import assert from "node:assert/strict";
import { Host, HostHistory, Metrics, MetricsHistory, Sample } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { HOST_TOPIC } from "@/services/host.ts";
import { ALL_METRICS_TOPIC, metricsTopic, sampleTopic } from "@/services/monitor/mod.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "./temporary_folder.ts";
import { ADDRESS, domainXML, hostFile, session, TestHost } from "./test_host.ts";

const SPAN = { since: 60, until: 0, step: 1 };

interface Message {
  type: string;
  timestamp: string;
  data: unknown;
}

/** Watches topics until `count` messages have come. */
async function watch(
  host: TestHost,
  watched: string | string[],
  count: number,
): Promise<Message[]> {
  const { hub } = host.services;
  const messages: Message[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const inbox = {
    send(text: string) {
      messages.push(JSON.parse(text));
      if (messages.length === count) resolve();
    },
  };
  const topics = [watched].flat();
  for (const topic of topics) hub.subscribe(topic, inbox);
  try {
    await within(10_000, `${count} messages of ${topics}`, promise);
  } finally {
    for (const topic of topics) hub.unsubscribe(topic, inbox);
  }
  return messages;
}

Deno.test("Monitor sends a VM's metrics about every second while somebody watches", async () => {
  await using host = await TestHost.start();
  const { uuid } = await host.vm("test", () => true);
  const messages = await watch(host, metricsTopic(uuid), 4);
  const times = messages.map(({ timestamp }) => Date.parse(timestamp));
  for (const { type, data } of messages) {
    assert.equal(type, "metrics");
    assert.deepEqual(z.strictObject(Metrics.shape).parse(data), data);
  }
  const last = Metrics.parse(messages.at(-1)?.data);
  assert.equal(last.memory.total, 8 * 2 ** 30);
  assert.ok(last.cpu.utilization !== null && last.cpu.utilization >= 0);
  // The first may come at once; from then on a second lies between two.
  const pause = times[3]! - times[1]!;
  assert.ok(pause > 1_500 && pause < 4_000, `${pause} ms for two beats`);
});

Deno.test("Monitor sends all samples of a beat in one message by VM name", async () => {
  await using host = await TestHost.start();
  const [message] = await watch(host, ALL_METRICS_TOPIC, 1);
  const { vms } = message?.data as { vms: Record<string, unknown> };
  assert.deepEqual(Object.keys(vms), ["test"]);
  assert.deepEqual(z.strictObject(Sample.shape).parse(vms.test), vms.test);
});

Deno.test("Monitor sends who follows single VMs all their samples of a beat in one message", async () => {
  using folder = temporaryFolder();
  const domain = (name: string) => domainXML(name, `<uuid>${crypto.randomUUID()}</uuid>`);
  const uri = hostFile(folder.path, domain("web1"), domain("db1"), domain("mail1"));
  await using host = await TestHost.start({ uri });
  const followed = await Promise.all(["web1", "db1"].map((name) => host.vm(name, () => true)));
  const messages = await watch(host, followed.map(({ uuid }) => sampleTopic(uuid)), 3);
  for (const { type, data } of messages) {
    assert.equal(type, "samples");
    const { vms } = data as { vms: Record<string, Sample> };
    assert.deepEqual(Object.keys(vms).toSorted(), ["db1", "web1"]);
    for (const sample of Object.values(vms)) assert.ok(sample.devices);
  }
});

Deno.test("Monitor puts the last sample on the VM's record and keeps its history", async () => {
  await using host = await TestHost.start();
  const { uuid } = await host.vm("test", () => true);
  await watch(host, metricsTopic(uuid), 2);
  const { sample } = host.services.vms.get(session("viewer"), "test");
  assert.deepEqual(Sample.parse(sample), sample);
  const history = host.services.monitor.history(host.services.vms.record(uuid)!, SPAN);
  assert.deepEqual(z.strictObject(MetricsHistory.shape).parse(history), history);
  const { time, cpu } = history;
  assert.ok(time.length >= 2);
  assert.equal(cpu.length, time.length);
  assert.deepEqual(time, [...time].sort());
});

Deno.test("Monitor drops the sample of a VM that stops, and sends none of it", async () => {
  await using host = await TestHost.start();
  const { uuid } = await host.vm("test", () => true);
  await watch(host, metricsTopic(uuid), 1);
  const command = { action: "stop", force: true, requestId: "1" } as const;
  await host.services.commands.run(session("admin"), ADDRESS, "test", command);
  assert.equal(host.services.vms.get(session("viewer"), "test").sample, null);
  const [message] = await watch(host, ALL_METRICS_TOPIC, 1);
  assert.deepEqual(message?.data, { vms: {} });
});

Deno.test("Monitor keeps histories over a restart, and tells the gap", async () => {
  await using host = await TestHost.start();
  const record = await host.vm("test", () => true);
  await watch(host, metricsTopic(record.uuid), 2);
  const before = host.services.monitor.history(record, SPAN);
  const ofHost = host.services.monitor.hostHistory(SPAN);
  assert.deepEqual(z.strictObject(HostHistory.shape).parse(ofHost), ofHost);
  assert.ok(ofHost.time.length > 0);
  await host.restart();
  const again = await host.vm("test", () => true);
  await watch(host, metricsTopic(again.uuid), 2);
  const { time, cpu } = host.services.monitor.history(again, SPAN);
  const known = before.cpu.length;
  assert.deepEqual(cpu.slice(0, known), before.cpu);
  assert.ok(time.slice(0, known).every((at, n) => Math.abs(at - before.time[n]!) < 0.1));
  assert.equal(cpu[known], null, "nothing was measured meanwhile");
  assert.ok(cpu.length >= known + 3);
  assert.ok(host.services.monitor.hostHistory(SPAN).time[0]! - ofHost.time[0]! < 0.1);
});

Deno.test("Monitor has a gap where a VM was stopped", async () => {
  await using host = await TestHost.start();
  const record = await host.vm("test", () => true);
  await watch(host, metricsTopic(record.uuid), 2);
  for (const action of ["stop", "start"] as const) {
    const command = { action, requestId: action, ...(action === "stop" && { force: true }) };
    await host.services.commands.run(session("admin"), "127.0.0.1", "test", command);
  }
  await watch(host, metricsTopic(record.uuid), 2);
  const { memory, cpu } = host.services.monitor.history(record, SPAN);
  const gap = cpu.findIndex((value, n) => n > 0 && value === null && memory[n] === null);
  assert.ok(gap > 0 && cpu.slice(gap).some((value) => value !== null), String(cpu));
});

Deno.test("HostService tells what the host is, and tells it again with every beat", async () => {
  await using host = await TestHost.start();
  const snapshot = host.services.host.snapshot(session("viewer"));
  assert.deepEqual(z.strictObject(Host.shape).parse(snapshot), snapshot);
  assert.equal(snapshot.libvirt.connected, true);
  assert.equal(snapshot.uri, "test:///default");
  assert.ok(snapshot.cpu && snapshot.cpu.count > 0);
  assert.ok(snapshot.memory && snapshot.memory.total > 0);
  assert.match(snapshot.versions.libvirt ?? "", /^\d+\.\d+\.\d+$/);
  assert.match(snapshot.versions.hypervisor ?? "", /test/i);
  const [message] = await watch(host, HOST_TOPIC, 1);
  assert.equal(message?.type, "host");
  assert.deepEqual(z.strictObject(Host.shape).parse(message?.data), message?.data);
});

Deno.test("Monitor asks how busy the host is by the second only while somebody looks at it", async () => {
  await using host = await TestHost.start();
  const { uuid } = await host.vm("test", () => true);
  const { hub, host: service } = host.services;
  /** The loads that there were when messages of the VM's metrics came. */
  const loads = async (topics: string[]) => {
    const seen: unknown[] = [];
    const inbox = { send: () => void seen.push(service.snapshot(null).cpu) };
    hub.subscribe(metricsTopic(uuid), inbox);
    await watch(host, topics, 4);
    hub.unsubscribe(metricsTopic(uuid), inbox);
    // The first beat asks for everything, and what it was told is there with the second.
    return new Set(seen.slice(1)).size;
  };
  assert.equal(await loads([metricsTopic(uuid)]), 1);
  assert.ok(await loads([HOST_TOPIC]) > 1);
});

Deno.test("Monitor notices a state that libvirt has not announced", async () => {
  await using host = await TestHost.start();
  const { vms, hub } = host.services;
  const { uuid } = await host.vm("test", () => true);
  const inbox = { send() {} };
  hub.subscribe(ALL_METRICS_TOPIC, inbox);
  // From here on nothing is heard of what libvirt announces.
  vms.announce = () => {};
  await host.services.hypervisor.command(async (connection) => {
    using domain = await connection.domainByUUID(uuid);
    await domain.suspend();
  });
  await host.vm("test", ({ state }) => state.status === "paused");
  hub.unsubscribe(ALL_METRICS_TOPIC, inbox);
});
