import assert from "node:assert/strict";
import { Connection } from "./connection.ts";
import { ErrorCode, LibvirtError } from "./errors.ts";
import { openHandles } from "./handles.ts";
import { DomainState } from "./states.ts";

const URI = "test:///default";
const GIB = 1024 ** 3;

Deno.test("Domain goes through its whole life", async () => {
  await using connection = await Connection.open(URI);
  using domain = await connection.domainByName("test");
  const state = async () => (await domain.state()).state;

  assert.equal(await state(), DomainState.running);
  await domain.suspend();
  assert.deepEqual(await domain.state(), { state: DomainState.paused, reason: 1 });
  await domain.resume();
  assert.equal(await state(), DomainState.running);
  await domain.reset().catch(noSupport);
  await domain.shutdown();
  assert.equal(await state(), DomainState.shutoff);
  await domain.start();
  assert.equal(await state(), DomainState.running);
  assert.notEqual(domain.id, null);
  await domain.destroy();
  assert.equal(await state(), DomainState.shutoff);
  await domain.start();
  await domain.reboot();
});

function noSupport(error: unknown): void {
  assert.ok(error instanceof LibvirtError && error.code === ErrorCode.noSupport);
}

Deno.test("Domain.info decodes every field of virDomainInfo, memory in bytes", async () => {
  await using connection = await Connection.open(URI);
  using domain = await connection.domainByName("test");
  const { cpuTime, ...rest } = await domain.info();
  assert.deepEqual(rest, {
    state: DomainState.running,
    maxMemory: 8 * GIB,
    memory: 2 * GIB,
    vcpus: 2,
  });
  assert.ok(cpuTime > 0);
});

Deno.test("Domain knows its XML, and whether it is persistent and starts with the host", async () => {
  await using connection = await Connection.open(URI);
  using domain = await connection.domainByName("test");
  assert.match(await domain.xml(), /^<domain type='test' id='\d+'>/);
  assert.match(await domain.xml({ inactive: true }), /^<domain type='test'>/);
  assert.equal(await domain.persistent(), true);
  assert.equal(await domain.autostart(), false);
});

Deno.test("Domain.setMemoryStatsPeriod sets the period in the live XML", async () => {
  await using connection = await Connection.open(URI);
  using domain = await connection.domainByName("test");
  await domain.setMemoryStatsPeriod(7);
  assert.match(await domain.xml(), /<stats period='7'\/>/);
});

Deno.test("Domain.interfaceAddresses decodes names, MACs and addresses", async () => {
  await using connection = await Connection.open(URI);
  using domain = await connection.domainByName("test");
  assert.deepEqual(await domain.interfaceAddresses("lease"), [{
    name: "testnet0",
    mac: "aa:bb:cc:dd:ee:ff",
    addresses: [{ type: "ipv4", address: "192.168.122.3", prefix: 24 }],
  }]);
});

Deno.test("Domain.snapshots reads each with its XML, and which is the current one", async () => {
  const snapshot = (name: string, inside: string) =>
    `<test:domainsnapshot><name>${name}</name><state>running</state>
     <creationTime>1700000000</creationTime>${inside}
     <domain type='test'><name>web1</name><memory>1024</memory><os><type>hvm</type></os></domain>
     </test:domainsnapshot>`;
  const file = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    await Deno.writeTextFile(
      file,
      `<node><domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
       <name>web1</name><memory>1024</memory><os><type>hvm</type></os>
       ${snapshot("fresh", "<description>as installed</description><active>0</active>")}
       ${snapshot("patched", "<parent><name>fresh</name></parent><active>1</active>")}
       </domain></node>`,
    );
    await using connection = await Connection.open(`test://${file}`);
    using domain = await connection.domainByName("web1");
    const found = await domain.snapshots();
    const names = found.map(({ xml }) => /<name>(\w+)<\/name>/.exec(xml)?.[1]);
    assert.deepEqual(names.toSorted(), ["fresh", "patched"]);
    assert.match(found[names.indexOf("fresh")]?.xml ?? "", /as installed/);
    assert.deepEqual(found.map(({ current }) => current), names.map((name) => name === "patched"));
    assert.equal(openHandles().snapshots, 0);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("Domain.snapshots is an empty list where there are none", async () => {
  await using connection = await Connection.open(URI);
  using domain = await connection.domainByName("test");
  assert.deepEqual(await domain.snapshots(), []);
});

Deno.test("Domain fails with libvirt's code for what its state does not allow", async () => {
  await using connection = await Connection.open(URI);
  using domain = await connection.domainByName("test");
  await domain.destroy();
  await assert.rejects(domain.interfaceAddresses("lease"), { code: ErrorCode.operationInvalid });
  await domain.start();
  const handlers = { onData: () => {}, onEnd: () => {} };
  await assert.rejects(domain.openConsole(handlers), { code: ErrorCode.noSupport });
  await assert.rejects(
    domain.openConsole({ ...handlers, device: "serial\0" }),
    { code: ErrorCode.invalidArgument },
  );
});

Deno.test("Domain is of no use after it was disposed of, and says so", async () => {
  await using connection = await Connection.open(URI);
  const domain = await connection.domainByName("test");
  const asked = domain.state();
  const queued = domain.state();
  domain[Symbol.dispose]();
  domain[Symbol.dispose]();
  assert.equal((await asked).state, DomainState.running); // freed only when its call was back
  await assert.rejects(queued, /This domain has been disposed/);
  await assert.rejects(domain.info(), /This domain has been disposed/);
});
