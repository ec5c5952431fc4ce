import assert from "node:assert/strict";
import { Connection, DomainState } from "@/libvirt/mod.ts";
import type { DomainEvent } from "@/libvirt/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import type { Guest } from "@/tests/harness/guest.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { eventually, within } from "@/tests/harness/wait.ts";

const NAME = "vg-lv-domain";
const problem = await hypervisorProblem();
if (problem !== null) console.log(`skipped: domains over libvirt: ${problem}`);

let guest: Guest;
Deno.test.beforeAll(async () => {
  if (problem === null) guest = await startGuest(SYSTEM, { name: NAME, title: "Tést ☃" });
});
Deno.test.afterAll(async () => await guest?.[Symbol.asyncDispose]());

function test(name: string, fn: (connection: Connection) => Promise<void>): void {
  Deno.test({
    name,
    ignore: problem !== null,
    async fn() {
      await using connection = await Connection.open(SYSTEM);
      await fn(connection);
    },
  });
}

const RECEIVED = "net.0.rx.bytes";

/** What `virsh domstats` prints of the guest, by field. */
async function domstats(): Promise<Map<string, string>> {
  const lines = (await virsh(SYSTEM, "domstats", NAME)).split("\n");
  return new Map(lines.map((line) => line.trim().split("=", 2) as [string, string]));
}

/** Events of the guest; `next` waits for one that fits, also among those that came already. */
async function eventsOf(connection: Connection) {
  const heard: DomainEvent[] = [];
  let wake = () => {};
  await connection.onDomainEvent((event) => {
    if (event.name !== NAME) return;
    heard.push(event);
    wake();
  });
  const find = async (fits: (event: DomainEvent) => boolean): Promise<DomainEvent> => {
    for (;;) {
      const at = heard.findIndex(fits);
      if (at >= 0) return heard.splice(0, at + 1).at(-1) as DomainEvent;
      await new Promise<void>((resolve) => wake = resolve);
    }
  };
  return {
    next: (what: string, fits: (event: DomainEvent) => boolean) => within(20_000, what, find(fits)),
    lifecycle: (name: string) =>
      within(20_000, name, find((event) => event.kind === "lifecycle" && event.event === name)),
  };
}

test("Domain's numbers are those that virsh shows", async (connection) => {
  using domain = await connection.domainByName(NAME);
  assert.equal(domain.uuid, await virsh(SYSTEM, "domuuid", NAME));
  assert.equal(String(domain.id), await virsh(SYSTEM, "domid", NAME));
  const info = await domain.info();
  const shown = await virsh(SYSTEM, "dominfo", NAME);
  assert.equal(info.maxMemory, 1024 * Number(/^Max memory:\s+(\d+) KiB/m.exec(shown)?.[1]));
  assert.equal(info.vcpus, Number(/^CPU\(s\):\s+(\d+)/m.exec(shown)?.[1]));
  assert.equal(await domain.persistent(), true);
  assert.match(await domain.xml(), /<title>Tést ☃<\/title>/);
  using other = await connection.domainByUUID(domain.uuid);
  assert.equal(other.name, NAME);
});

test("Connection.stats decodes what virsh domstats prints", async (connection) => {
  using domain = await connection.domainByName(NAME);
  await domain.suspend(); // so that the counters stand still, but for what the network sends to all
  try {
    const groups = ["state", "cpu", "balloon", "interface", "block"] as const;
    const all = await connection.stats(groups);
    assert.ok(all.some((stats) => stats.uuid === guest.uuid));
    const { only, printed } = await eventually(async () => {
      const before = await domstats();
      const [only, ...none] = await connection.stats(groups, [domain]);
      assert.deepEqual(none, []);
      assert.ok(only !== undefined);
      const printed = await domstats();
      return before.get(RECEIVED) === printed.get(RECEIVED) && { only, printed };
    }, { for: "the network to be quiet" });
    const number = (field: string) => Number(printed.get(field));
    assert.equal(only.state, DomainState.paused);
    assert.equal(only.reason, number("state.reason"));
    assert.ok(only.cpuTime !== undefined && only.cpuTime <= number("cpu.time"));
    assert.ok(only.cpuTime > 0.5 * number("cpu.time"));
    assert.equal(only.balloon?.current, number("balloon.current"));
    assert.equal(only.balloon?.maximum, number("balloon.maximum"));
    assert.equal(only.interfaces?.length, number("net.count"));
    const [nic] = only.interfaces ?? [];
    assert.deepEqual(nic, {
      name: printed.get("net.0.name"),
      rxBytes: number("net.0.rx.bytes"),
      rxPackets: number("net.0.rx.pkts"),
      txBytes: number("net.0.tx.bytes"),
      txPackets: number("net.0.tx.pkts"),
    });
    const [disk] = only.blocks ?? [];
    assert.deepEqual(disk, {
      name: printed.get("block.0.name"),
      readBytes: number("block.0.rd.bytes"),
      readOps: number("block.0.rd.reqs"),
      writeBytes: number("block.0.wr.bytes"),
      writeOps: number("block.0.wr.reqs"),
    });
  } finally {
    await domain.resume();
  }
});

test("Connection.stats has of each group only what was asked for", async (connection) => {
  using domain = await connection.domainByName(NAME);
  const [stats] = await connection.stats(["cpu"], [domain]);
  assert.deepEqual(Object.keys(stats ?? {}).sort(), ["cpuTime", "uuid"]);
  assert.deepEqual(await connection.stats(["cpu"], []), []);
});

test("Domain.setMemoryStatsPeriod makes the guest report its memory", async (connection) => {
  using domain = await connection.domainByName(NAME);
  await domain.setMemoryStatsPeriod(1);
  const memory = async () => (await connection.stats(["balloon"], [domain]))[0]?.balloon;
  const reported = async () => {
    for (;;) {
      const balloon = await memory();
      if (balloon?.lastUpdate) return balloon;
    }
  };
  const balloon = await within(10_000, "the balloon driver", reported());
  assert.ok((balloon.unused ?? 0) > 0 && (balloon.available ?? 0) > (balloon.unused ?? 0));
});

test("Connection knows the host's CPU time and memory", async (connection) => {
  const cpu = await connection.nodeCpuStats();
  const memory = await connection.nodeMemoryStats();
  const meminfo = await Deno.readTextFile("/proc/meminfo");
  assert.equal(memory?.total, 1024 * Number(/^MemTotal:\s+(\d+)/m.exec(meminfo)?.[1]));
  const stat = await Deno.readTextFile("/proc/stat");
  const idle = Number(/^cpu\s+(?:\d+\s+){3}(\d+)/.exec(stat)?.[1]) * 1e7;
  assert.ok(cpu !== null && Math.abs(cpu.idle - idle) < 5e9, `${cpu?.idle} is not near ${idle}`);
  // The second time it is known how many fields there are.
  assert.ok(((await connection.nodeCpuStats())?.idle ?? 0) >= cpu.idle);
  assert.equal((await connection.nodeMemoryStats())?.total, memory?.total);
});

test("what virsh does to a domain comes as an event, with its detail", async (connection) => {
  const events = await eventsOf(connection);
  await virsh(SYSTEM, "suspend", NAME);
  const { uuid, ...suspended } = await events.lifecycle("suspended");
  assert.equal(uuid, guest.uuid);
  assert.deepEqual(suspended, {
    name: NAME,
    kind: "lifecycle",
    event: "suspended",
    detail: "paused",
    detailCode: 0,
  });
  await virsh(SYSTEM, "resume", NAME);
  await events.lifecycle("resumed");
  await virsh(SYSTEM, "setmem", NAME, "100M", "--live");
  const balloon = await events.next("balloon", (event) => event.kind === "balloon");
  assert.ok(balloon.kind === "balloon" && balloon.actual >= 100 * 1024 * 1024);
  await virsh(SYSTEM, "desc", NAME, "--live", "--title", "renamed");
  const metadata = await events.next("metadata", (event) => event.kind === "metadata_change");
  assert.ok(metadata.kind === "metadata_change" && metadata.type === "title");
});

test("Domain.shutdown asks the guest, which powers itself off; start brings it back", async (connection) => {
  const events = await eventsOf(connection);
  using domain = await connection.domainByName(NAME);
  await domain.shutdown();
  const stopped = await events.lifecycle("stopped");
  assert.ok(stopped.kind === "lifecycle" && stopped.detail === "shutdown");
  assert.equal((await domain.state()).state, DomainState.shutoff);
  await domain.start();
  await events.lifecycle("started");
  assert.equal((await domain.state()).state, DomainState.running);
});

test("Domain.reboot asks the guest to restart, Domain.reset does not ask", async (connection) => {
  const events = await eventsOf(connection);
  using domain = await connection.domainByName(NAME);
  await guest.booted();
  await domain.reboot();
  await events.next("reboot", (event) => event.kind === "reboot");
  await domain.reset();
  await events.next("reset", (event) => event.kind === "reboot");
  assert.equal((await domain.state()).state, DomainState.running);
});
