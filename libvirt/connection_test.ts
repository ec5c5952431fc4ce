import assert from "node:assert/strict";
import { Connection } from "./connection.ts";
import type { Domain } from "./domain.ts";
import { ErrorCode, LaneBroken, LibvirtError } from "./errors.ts";
import { stopEventLoop } from "./event_loop.ts";
import { openHandles } from "./handles.ts";

const URI = "test:///default";
const TEST_UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f";
const NOTHING = { connections: 0, domains: 0, snapshots: 0, pools: 0, streams: 0, callbacks: 0 };

/** Checks that a call failed with this code of libvirt's. */
function code(expected: number) {
  return (error: unknown) => error instanceof LibvirtError && error.code === expected;
}

Deno.test("Connection says what host it is on", async () => {
  await using connection = await Connection.open(URI);
  assert.equal(connection.uri, URI);
  assert.match(await connection.libVersion(), /^\d+\.\d+\.\d+$/);
  assert.match(await connection.version() ?? "", /^\d+\.\d+\.\d+$/);
  assert.equal(await connection.type(), "TEST");
  assert.equal(await connection.hostname(), Deno.hostname());
  assert.match(await connection.capabilities(), /^<capabilities>[^]*<\/capabilities>\s*$/);
});

Deno.test("Connection.nodeInfo decodes every field of virNodeInfo", async () => {
  await using connection = await Connection.open(URI);
  assert.deepEqual(await connection.nodeInfo(), {
    model: "i686",
    memory: 3 * 1024 ** 3,
    cpus: 16,
    mhz: 1400,
    nodes: 2,
    sockets: 2,
    cores: 2,
    threads: 2,
  });
});

Deno.test("Connection answers null for statistics that the driver does not have", async () => {
  await using connection = await Connection.open(URI);
  assert.equal(await connection.nodeMemoryStats(), null);
  const cpu = await connection.nodeCpuStats();
  assert.ok(cpu !== null && cpu.idle > 0 && cpu.user > 0 && cpu.kernel > 0);
});

Deno.test("Connection.storagePools gives the XML of active pools, and leaves none behind", async () => {
  const before = openHandles().pools;
  await using connection = await Connection.open(URI);
  const [xml, ...others] = await connection.storagePools() ?? [];
  assert.match(xml ?? "", /<name>default-pool<\/name>[^]*<path>\/default-pool<\/path>/);
  assert.deepEqual(others, []);
  assert.equal(openHandles().pools, before);
});

Deno.test("Connection.domains lists running and shut off domains", async () => {
  await using connection = await Connection.open(URI);
  using running = await connection.domainByName("test");
  await running.destroy();
  const names = (list: Domain[]) =>
    list.map((domain) => {
      using _ = domain;
      return [domain.name, domain.uuid, domain.id];
    });
  assert.deepEqual(names(await connection.domains()), [["test", TEST_UUID, null]]);
  await running.start();
  const [started] = names(await connection.domains());
  assert.equal(typeof started?.[2], "number");
});

Deno.test("Connection looks domains up by name and by UUID", async () => {
  await using connection = await Connection.open(URI);
  using byName = await connection.domainByName("test");
  using byUUID = await connection.domainByUUID(TEST_UUID);
  assert.equal(byName.uuid, TEST_UUID);
  assert.equal(byUUID.name, "test");
});

Deno.test("Connection.domainByName fails with noDomain, whatever the name", async () => {
  await using connection = await Connection.open(URI);
  for (const name of ["", "nobody", "tést-☃", "../../etc", "test\0", "'; --", "x".repeat(5000)]) {
    await assert.rejects(connection.domainByName(name), code(ErrorCode.noDomain), name);
  }
});

Deno.test("Connection.domainByUUID tells an unknown UUID from a malformed one", async () => {
  await using connection = await Connection.open(URI);
  const unknown = connection.domainByUUID("00000000-0000-4000-8000-000000000000");
  await assert.rejects(unknown, code(ErrorCode.noDomain));
  await assert.rejects(connection.domainByUUID("no uuid"), code(ErrorCode.invalidArgument));
});

Deno.test("LibvirtError carries libvirt's code, domain, level, words and the C function", async () => {
  await using connection = await Connection.open(URI);
  const error = await connection.domainByName("nobody").catch((error) => error);
  assert.ok(error instanceof LibvirtError);
  assert.equal(error.name, "LibvirtError");
  assert.equal(error.operation, "virDomainLookupByName");
  assert.equal(error.code, 42);
  assert.equal(error.domain, 12); // VIR_FROM_TEST
  assert.equal(error.level, 2);
  assert.match(error.message, /Domain not found/);
});

Deno.test("Connection.open fails with libvirt's error for a daemon that is not there", async () => {
  const uri = "qemu+unix:///system?socket=/nonexistent/socket";
  await assert.rejects(Connection.open(uri), code(ErrorCode.systemError));
  await assert.rejects(Connection.open("nosuchdriver:///"), LibvirtError);
  assert.deepEqual(openHandles(), NOTHING);
});

Deno.test("Connection.open attributes the errors of simultaneous opens to each", async () => {
  const attempts = Array.from({ length: 20 }, async (_, at) => {
    const socket = `/nonexistent/${at}`;
    const error = await Connection.open(`qemu+unix:///system?socket=${socket}`).catch((e) => e);
    assert.ok(error instanceof LibvirtError);
    assert.ok(error.message.includes(`'${socket}'`), error.message);
  });
  await Promise.all(attempts);
});

Deno.test("Connection opened for reading refuses to change anything", async () => {
  await using connection = await Connection.open(URI, { readOnly: true });
  using domain = await connection.domainByName("test");
  await assert.rejects(domain.suspend(), code(ErrorCode.operationDenied));
});

Deno.test("Connection.close answers 0 even when domains were forgotten", async () => {
  const connection = await Connection.open(URI);
  const domains = [await connection.domainByName("test"), await connection.domainByName("test")];
  await connection.onDomainEvent(() => {});
  assert.equal(await connection.close(), 0);
  assert.deepEqual(openHandles(), NOTHING);
  for (const domain of domains) domain[Symbol.dispose](); // nothing to free any more, and no crash
});

Deno.test("Connection tells its listeners once that it was closed, and takes no calls then", async () => {
  const connection = await Connection.open(URI);
  const reasons: string[] = [];
  connection.onClose((reason) => reasons.push(reason));
  using domain = await connection.domainByName("test");
  const waiting = [domain.state(), domain.state(), domain.state()];
  const results = Promise.allSettled(waiting);
  await Promise.all([connection.close(), connection.close()]);
  for (const result of await results) {
    assert.ok(result.status === "rejected" && result.reason instanceof LaneBroken);
    assert.equal(result.reason.reason, "closed");
  }
  assert.equal(connection.broken, true);
  await assert.rejects(connection.hostname(), LaneBroken);
  connection.onClose((reason) => reasons.push(`late ${reason}`));
  assert.deepEqual(reasons, ["closed", "late closed"]);
});

Deno.test({
  name: "Connection leaves nothing running once it is closed and the event loop is stopped",
  sanitizeOps: true,
  sanitizeResources: true,
  async fn() {
    await using connection = await Connection.open(URI);
    using domain = await connection.domainByName("test");
    await domain.state();
    await connection.close();
    await stopEventLoop();
  },
});
