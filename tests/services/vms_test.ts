import assert from "node:assert/strict";
import { Domain } from "@/libvirt/domain.ts";
import { Connection, ErrorCode, LibvirtError, stopEventLoop } from "@/libvirt/mod.ts";
import { VM, VMDetail } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { GlassError } from "@/services/errors.ts";
import { Gate } from "@/services/gate.ts";
import { Services } from "@/services/mod.ts";
import { Store } from "@/services/store/mod.ts";
import { loadConfig } from "@/services/config/mod.ts";
import { log } from "@/services/log.ts";
import { vmRowTopic, VMS_TOPIC, vmTopic } from "@/services/vms/mod.ts";
import { qemuStartTimes } from "@/services/vms/uptime.ts";
import { later } from "@/tests/harness/later.ts";
import { pretender } from "@/tests/harness/pretender.ts";
import { eventually, within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { DEFAULT, domainXML, hostFile, session, TestHost } from "./test_host.ts";

Deno.test('Services starts and lists the VM "test" of the test driver', async () => {
  await using host = await TestHost.start();
  const list = host.services.vms.list(session("viewer"));
  assert.deepEqual(list.map((vm) => z.strictObject(VM.shape).parse(vm)), list);
  const [vm] = list;
  assert.equal(list.length, 1);
  assert.equal(vm?.name, "test");
  assert.equal(vm?.status, "running");
  assert.equal(vm?.vcpus, 2);
  assert.equal(vm?.memory, 8 * 2 ** 30);
  assert.ok(vm?.host);
});

Deno.test("VMs lists by name and shows nothing to a session that has expired", async () => {
  using folder = temporaryFolder();
  const uri = hostFile(folder.path, ...["web2", "db1", "web1"].map((name) => domainXML(name)));
  await using host = await TestHost.start({ uri });
  const { vms } = host.services;
  assert.deepEqual(vms.list(session("viewer")).map(({ name }) => name), ["db1", "web1", "web2"]);
  const expired = { ...session("admin"), expiresAt: Date.now() - 1 };
  assert.deepEqual(vms.list(expired), []);
});

Deno.test("VMs reads the definition of every VM once it has listed them", async () => {
  using folder = temporaryFolder();
  const uri = hostFile(
    folder.path,
    domainXML(
      "web1",
      `<title>Web &amp; mail</title><devices>
         <disk type='file'><source file='/web1.img'/><target dev='vda' bus='virtio'/></disk>
         <interface type='network'><mac address='52:54:00:12:34:56'/>
           <source network='default'/></interface>
         <console type='pty'/></devices>`,
    ),
    domainXML("web2"),
  );
  await using host = await TestHost.start({ uri });
  await host.vm("web1", ({ definition }) => definition !== null);
  await host.vm("web2", ({ definition }) => definition !== null);
  const detail = await host.services.vms.detail(session("viewer"), "web1");
  assert.deepEqual(z.strictObject(VMDetail.shape).parse(detail), detail);
  assert.equal(detail.title, "Web & mail");
  assert.equal(detail.console, true);
  assert.deepEqual(detail.disks, [{ device: "vda", bus: "virtio", source: "/web1.img" }]);
  assert.equal(detail.interfaces[0]?.mac, "52:54:00:12:34:56");
});

Deno.test("VMs.xml is libvirt's own, without passwords, for who may see the VM", async () => {
  using folder = temporaryFolder();
  const vnc = "<devices><graphics type='vnc' listen='127.0.0.1' passwd='secret'/></devices>";
  await using host = await TestHost.start({
    uri: hostFile(folder.path, domainXML("web1", vnc)),
  });
  const { vms } = host.services;
  const xml = await vms.xml(session("viewer"), "web1");
  assert.match(xml, /^<domain type='test'/);
  assert.match(xml, /<graphics type='vnc'/);
  assert.doesNotMatch(xml, /secret/);
  const expired = { ...session("admin"), expiresAt: Date.now() - 1 };
  await assert.rejects(vms.xml(expired, "web1"), { code: "VM_NOT_FOUND" });
});

Deno.test("VMs.snapshots tells what is kept of a VM's earlier states", async () => {
  using folder = temporaryFolder();
  const uri = hostFile(
    folder.path,
    `<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
     <name>web1</name><memory>1024</memory><os><type>hvm</type></os>
     <test:domainsnapshot><name>fresh</name><state>shutoff</state>
     <creationTime>1700000000</creationTime><active>1</active>
     <domain type='test'><name>web1</name><memory>1024</memory><os><type>hvm</type></os></domain>
     </test:domainsnapshot></domain>`,
    domainXML("web2"),
  );
  await using host = await TestHost.start({ uri });
  const { vms } = host.services;
  const found = await vms.snapshots(session("viewer"), "web1");
  assert.deepEqual(found.map(({ name, current, state }) => [name, current, state]), [
    ["fresh", true, "shutoff"],
  ]);
  assert.deepEqual(await vms.snapshots(session("viewer"), "web2"), []);
});

Deno.test("who looks at all VMs is soon told the addresses of their guests", async () => {
  await using host = await TestHost.start();
  const { hub, vms } = host.services;
  const found = Promise.withResolvers<string[]>();
  hub.subscribe(VMS_TOPIC, {
    send(text) {
      const { type, data } = JSON.parse(text);
      if (type === "vm" && data.addresses.length > 0) found.resolve(data.addresses);
    },
  });
  assert.deepEqual(await within(10_000, "an address", found.promise), ["192.168.122.3"]);
  assert.deepEqual(vms.list(session("viewer"))[0]?.addresses, ["192.168.122.3"]);
});

Deno.test("who looks at one VM is told the address of its guest soon after it has started", async () => {
  await using host = await TestHost.start();
  const { hub, vms } = host.services;
  await using elsewhere = await Connection.open(DEFAULT);
  using domain = await elsewhere.domainByName("test");
  await domain.destroy();
  const { uuid } = await host.vm("test", ({ state }) => state.status === "stopped");
  const told: VMDetail[] = [];
  const found = Promise.withResolvers<VMDetail>();
  hub.subscribe(vmRowTopic(uuid), {
    send(text) {
      const detail = VMDetail.parse(JSON.parse(text).data);
      told.push(detail);
      if (detail.addresses.length > 0) found.resolve(detail);
    },
  });
  await domain.start();
  const { interfaces } = await within(10_000, "an address", found.promise);
  assert.match(interfaces[0]!.addresses.join(), /^192\.168\.122\.\d+\/24$/);
  // Nothing but its own start was told before.
  assert.ok(told.every(({ status }) => status === "running"));
  assert.deepEqual(vms.details(session("viewer"), new Set([uuid])), [
    await vms.detail(session("viewer"), "test"),
  ]);
});

Deno.test("VMs.find takes a name or a UUID, and refuses what it does not know", async () => {
  await using host = await TestHost.start();
  const { vms } = host.services;
  const record = vms.find(session("viewer"), "test");
  assert.equal(vms.find(session("viewer"), record.uuid), record);
  assert.equal(vms.find(session("viewer"), record.uuid.toUpperCase()), record);
  for (const name of ["", "tes", "TEST", "constructor", "../etc/passwd", "test\0", "💻"]) {
    assert.throws(
      () => vms.find(session("admin"), name),
      (error: unknown) =>
        error instanceof GlassError && error.code === "VM_NOT_FOUND" &&
        error.message === `There is no VM "${name}".`,
    );
  }
});

Deno.test("VMs shows at once what somebody else does to a VM", async () => {
  await using host = await TestHost.start();
  await using elsewhere = await Connection.open(DEFAULT);
  using domain = await elsewhere.domainByName("test");
  const record = await host.vm("test", ({ definition }) => definition !== null);
  const messages: { type: string; data: { status: string } }[] = [];
  const inbox = { send: (text: string) => void messages.push(JSON.parse(text)) };
  host.services.hub.subscribe(vmTopic(record.uuid), inbox);
  host.services.hub.subscribe(VMS_TOPIC, inbox);
  const before = Date.now();
  await domain.suspend();
  const paused = await host.vm("test", ({ state }) => state.status === "paused");
  assert.ok(paused.since >= before);
  await domain.resume();
  await host.vm("test", ({ state }) => state.status === "running");
  const told = messages.filter(({ type }) => type === "status").map(({ data }) => data.status);
  assert.deepEqual(told, ["paused", "running"]);
  const rows = messages.filter(({ type }) => type === "vm").map(({ data }) => data.status);
  // Its addresses may have come before.
  assert.deepEqual([...new Set(rows.slice(rows.indexOf("paused")))], ["paused", "running"]);
});

Deno.test("VMs forgets the uptime of a VM that stops, and counts anew when it starts", async () => {
  await using host = await TestHost.start();
  await using elsewhere = await Connection.open(DEFAULT);
  using domain = await elsewhere.domainByName("test");
  await domain.destroy();
  const stopped = await host.vm("test", ({ state }) => state.status === "stopped");
  assert.equal(stopped.startedAt, null);
  assert.equal(host.services.vms.get(session("viewer"), "test").uptime, 0);
  const before = Date.now();
  await domain.start();
  const started = await host.vm("test", ({ state }) => state.status === "running");
  assert.ok(started.startedAt !== null && started.startedAt >= before);
});

Deno.test("VMs remembers over a restart since when a VM has been in its state", async () => {
  using folder = temporaryFolder();
  // Without one the driver makes a new UUID up whenever it reads the file.
  const uuid = "<uuid>6695eb01-f6a4-8304-79aa-97f2502e1940</uuid>";
  const uri = hostFile(folder.path, domainXML("web1", uuid));
  await using host = await TestHost.start({ uri });
  const { since, startedAt } = await host.vm("web1", () => true);
  await host.restart();
  assert.ok(Date.now() > since);
  const again = await host.vm("web1", () => true);
  assert.equal(again.since, since);
  assert.equal(again.startedAt, startedAt);
});

Deno.test("VMs shows after a restart what VMs were made of, and then what libvirt says now", async () => {
  using folder = temporaryFolder();
  const host = (vcpus: number) =>
    hostFile(
      folder.path,
      ...["web1", "web2"].map((name, at) =>
        domainXML(name, `<uuid>6695eb01-f6a4-8304-79aa-97f2502e194${at}</uuid>`)
          .replace("<vcpu>2", `<vcpu>${vcpus}`)
      ),
    );
  await using test = await TestHost.start({ uri: host(2) });
  const counts = () => test.services.vms.list(session("viewer")).map(({ vcpus }) => vcpus);
  assert.deepEqual(counts(), [2, 2]);
  host(4);
  await test.restart();
  assert.deepEqual(counts(), [2, 2], "not what was remembered");
  // Its own page asks before it tells; the others are asked for soon, and told.
  assert.equal((await test.services.vms.detail(session("viewer"), "web1")).vcpus, 4);
  assert.deepEqual(counts(), [4, 2]);
  await test.vm("web2", ({ definition }) => definition.vcpus === 4);
  await test.restart();
  assert.deepEqual(counts(), [4, 4]);
  // Another build may have another shape of it; no JSON or another shape of this build is a broken store.
  for (
    const broken of ["build = 'older', definition = '{}'", "definition = '{'", "definition = '{}'"]
  ) {
    await test.restart(() => {
      using store = new Store(test.dataDir);
      assert.equal(store.run(`UPDATE vm_states SET ${broken}`), 2);
    });
    assert.deepEqual(counts(), [4, 4], broken);
  }
});

Deno.test("VMs.confirm asks libvirt once for all who want to know at the same time", async () => {
  await using host = await TestHost.start();
  await host.restart();
  const { hypervisor, vms } = host.services;
  const call = hypervisor.call.bind(hypervisor);
  const slow = Promise.withResolvers<void>();
  let asked = 0;
  hypervisor.call = async (use) => {
    asked++;
    const answer = await call(use);
    await slow.promise;
    return answer;
  };
  const answers = [vms.confirm(), vms.confirm(), vms.detail(session("viewer"), "test")];
  slow.resolve();
  await within(10_000, "the answers", Promise.all(answers));
  await vms.confirm();
  // Once for what it is made of, and once for the addresses that its own page shows.
  assert.equal(asked, 2);
});

Deno.test("VMs.confirm asks again what libvirt could not tell", async () => {
  using folder = temporaryFolder();
  const hostOf = (vcpus: number) =>
    hostFile(
      folder.path,
      domainXML("web1", "<uuid>6695eb01-f6a4-8304-79aa-97f2502e1940</uuid>")
        .replace("<vcpu>2", `<vcpu>${vcpus}`),
    );
  await using host = await TestHost.start({ uri: hostOf(2) });
  hostOf(4);
  await host.restart();
  const vcpus = async () => (await host.services.vms.detail(session("viewer"), "web1")).vcpus;
  {
    using refused = refusedXML();
    assert.equal(await vcpus(), 2);
    assert.equal(refused.count, 1);
  }
  await eventually(async () => await vcpus() === 4, { for: "what libvirt says now" });
});

Deno.test("VMs keeps in the store only what is there, also where a VM went while nobody looked", async () => {
  using folder = temporaryFolder();
  const [web1, web2, web3] = ["web1", "web2", "web3"].map((name, at) =>
    domainXML(name, `<uuid>6695eb01-f6a4-8304-79aa-97f2502e194${at}</uuid>`)
  );
  await using host = await TestHost.start({ uri: hostFile(folder.path, web1!, web2!, web3!) });
  const { since } = await host.vm("web1", () => true);
  await host.restart(() => void hostFile(folder.path, web1!, web2!));
  using store = new Store(host.dataDir);
  const kept = () => store.all<{ uuid: string }>("SELECT uuid FROM vm_states ORDER BY uuid");
  assert.deepEqual(
    kept().map(({ uuid }) => uuid),
    host.services.vms.records().map(({ uuid }) => uuid),
  );
  assert.equal((await host.vm("web1", () => true)).since, since);
  await host.restart(() => void hostFile(folder.path));
  assert.deepEqual(kept(), []);
});

Deno.test("VMs takes a booted guest that it sees first for running since its QEMU started", async () => {
  await using elsewhere = await Connection.open(DEFAULT);
  using domain = await elsewhere.domainByName("test");
  await domain.destroy();
  await domain.start();
  const { uuid } = domain;
  await using _process = pretender(["-uuid", uuid, "-S"]);
  await eventually(async () => (await qemuStartTimes()).has(uuid), {
    for: "the process to be seen",
  });
  const seen = Date.now();
  await eventually(() => Date.now() - seen > 200, { for: "its age to be told from none" });
  await using host = await TestHost.start();
  const { since, startedAt } = await host.vm("test", () => true);
  // /proc counts in hundredths of a second.
  assert.ok(since <= seen + 20, `since ${since - seen} ms after the process was seen`);
  assert.ok(Math.abs(since - startedAt!) < 1_000);
});

Deno.test("VMs forgets since when a VM has been running where its QEMU is a younger one", async () => {
  await using elsewhere = await Connection.open(DEFAULT);
  using domain = await elsewhere.domainByName("test");
  await domain.destroy();
  await domain.start();
  await using host = await TestHost.start();
  await host.vm("test", () => true);
  const HOUR = 3_600_000;
  const ago = Date.now() - HOUR;
  const remember = () => {
    using store = new Store(host.dataDir);
    store.run("UPDATE vm_states SET since = ?, started_at = ?", ago, ago);
  };
  await host.restart(remember);
  assert.equal((await host.vm("test", () => true)).since, ago);
  await using _process = pretender(["-uuid", domain.uuid, "-S"]);
  await eventually(async () => (await qemuStartTimes()).has(domain.uuid), {
    for: "the process to be seen",
  });
  await host.restart(remember);
  const { since, startedAt } = await host.vm("test", () => true);
  assert.ok(Date.now() - since < HOUR / 2, `since ${new Date(since).toISOString()}`);
  assert.ok(Math.abs(since - startedAt!) < 1_000);
});

Deno.test("VMs.find says that nothing is known yet until libvirt has listed, and then what is", async () => {
  using folder = temporaryFolder();
  const connect = `test://${folder.path}/host.xml`;
  const config = await loadConfig({ connect, "data-dir": folder.path });
  {
    using gate = new Gate(config);
    await using services = new Services(config, gate);
    const { hypervisor, vms } = services;
    const code = (expected: string) => (error: unknown) =>
      error instanceof GlassError && error.code === expected;
    const find = (name: string) => vms.find(session("viewer"), name);
    assert.throws(() => find("web1"), code("LIBVIRT_UNAVAILABLE"));
    const listed = Promise.withResolvers<void>();
    const refused = Promise.withResolvers<void>();
    hypervisor.onConnectivity(({ connected }) => connected ? listed.resolve() : refused.resolve());
    services.start();
    await within(10_000, "libvirt to refuse", refused.promise);
    assert.throws(() => find("web1"), /^GlassError: Cannot look for VM "web1" yet: Cannot connect/);
    hostFile(folder.path, domainXML("web1"));
    await within(20_000, "the VMs to be listed", listed.promise);
    assert.equal(find("web1").name, "web1");
    assert.throws(() => find("web2"), code("VM_NOT_FOUND"));
  }
  await stopEventLoop();
});

Deno.test("VMs shows and tells everything though the store cannot be written", async () => {
  await using host = await TestHost.start();
  await using elsewhere = await Connection.open(DEFAULT);
  using domain = await elsewhere.domainByName("test");
  {
    using store = new Store(host.dataDir);
    store.run("ALTER TABLE vm_states RENAME TO hidden");
  }
  const { vms, hub } = host.services;
  const { uuid } = await host.vm("test", () => true);
  const told: string[] = [];
  hub.subscribe(vmTopic(uuid), { send: (text) => void told.push(JSON.parse(text).data.status) });
  using _failing = vms.onChange(() => {
    throw new Error("disk is full");
  });
  const seen: string[] = [];
  using _after = vms.onChange(({ record }) => void seen.push(record.state.status));
  await domain.suspend();
  await host.vm("test", ({ state }) => state.status === "paused");
  await vms.refresh(uuid);
  assert.deepEqual([told, seen.at(-1)], [["paused"], "paused"]);
  await domain.resume();
  await host.vm("test", ({ state }) => state.status === "running");
  await domain.destroy();
  await host.vm("test", ({ state }) => state.status === "stopped");
});

Deno.test("VMs lists everything though the store cannot be read", async () => {
  await using host = await TestHost.start();
  {
    using store = new Store(host.dataDir);
    store.run("ALTER TABLE vm_states RENAME TO hidden");
  }
  await host.restart();
  assert.equal(host.services.vms.find(session("viewer"), "test").state.status, "running");
});

Deno.test("VMs.compare asks seldom for a VM that cannot be read, and warns of it once", async () => {
  const { warn } = log;
  let warned = 0;
  log.warn = (message) => void (warned += Number(/cannot be read/.test(message)));
  using _ = { [Symbol.dispose]: () => void (log.warn = warn) };
  using refused = refusedXML();
  await using host = await TestHost.start();
  const { hypervisor, vms } = host.services;
  const running = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", state: 1, reason: 1 };
  for (let beat = 0; beat < 5; beat++) {
    vms.compare(running);
    // Answered after what was asked before.
    await hypervisor.probe();
  }
  assert.deepEqual([refused.count, warned], [1, 1], "not by the list alone");
  // An event is a reason to ask.
  await vms.refresh(running.uuid);
  assert.deepEqual([refused.count, warned], [2, 1]);
  refused[Symbol.dispose]();
  assert.equal(vms.record(running.uuid), undefined);
  using _later = later(5_000);
  vms.compare(running);
  await host.vm("test", ({ state }) => state.status === "running");
});

Deno.test("VMs.compare waits for what is being read, however often a sample says otherwise", async () => {
  await using host = await TestHost.start();
  const { vms } = host.services;
  const { xml } = Domain.prototype;
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  let asked = 0;
  Domain.prototype.xml = async function () {
    asked++;
    await told;
    return await xml.call(this);
  };
  using _ = { [Symbol.dispose]: () => void (Domain.prototype.xml = xml) };
  const paused = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", state: 3, reason: 1 };
  for (let beat = 0; beat < 3; beat++) {
    vms.compare(paused);
    await eventually(() => asked > 0, { for: "libvirt to be asked" });
  }
  // Waits for the end of what is being read.
  const detail = vms.detail(session("admin"), "test");
  tell();
  await detail;
  assert.equal(asked, 1);
});

/** libvirt tells nobody what VMs are made of, and `count` is how often it was asked. */
function refusedXML(): Disposable & { count: number } {
  const { xml } = Domain.prototype;
  const refused = { count: 0, [Symbol.dispose]: () => void (Domain.prototype.xml = xml) };
  const denied = { code: ErrorCode.accessDenied, domain: 10, level: 2, message: "access denied" };
  Domain.prototype.xml = () => {
    refused.count++;
    return Promise.reject(new LibvirtError("virDomainGetXMLDesc", denied));
  };
  return refused;
}
