import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Connection, ErrorCode, LaneBroken, LibvirtError, openHandles } from "@/libvirt/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import type { Guest } from "@/tests/harness/guest.ts";
import { hypervisorProblem, SYSTEM, virsh } from "@/tests/harness/virsh.ts";
import { within } from "@/tests/harness/wait.ts";
import { Terminal } from "./terminal.ts";

const NAME = "vg-lv-console";
const problem = await hypervisorProblem();
if (problem !== null) console.log(`skipped: consoles over libvirt: ${problem}`);

/** One guest for the tests of this file: booting takes longer than all of them. */
let guest: Guest;
Deno.test.beforeAll(async () => {
  if (problem === null) guest = await startGuest(SYSTEM, { name: NAME });
});
Deno.test.afterAll(async () => await guest?.[Symbol.asyncDispose]());

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: problem !== null, fn });
}

test("ConsoleStream carries keys to the guest, and what it answers back", async () => {
  await using terminal = await Terminal.open(SYSTEM, NAME);
  await terminal.type("echo $((6*7))\r");
  await terminal.says(/^42\r?$/m);
});

test("ConsoleStream.send brings any amount whole and in order", async () => {
  await using terminal = await Terminal.open(SYSTEM, NAME);
  const lines = Array.from({ length: 400 }, (_, at) => `line ${at} ${"x".repeat(20)}`);
  await terminal.type("stty -echo; cat > /tmp/typed; stty echo; md5sum < /tmp/typed\r");
  await terminal.says(/md5sum/);
  const typed = lines.map((line) => `${line}\n`).join("");
  assert.ok(typed.length > 10_000);
  // Two sends at once: neither may cut into the other.
  await Promise.all([terminal.type(typed), terminal.type("the end\n\x04")]);
  const [, sum] = await terminal.says(/([0-9a-f]{32}) {2}-/, 60_000);
  assert.equal(sum, createHash("md5").update(`${typed}the end\n`).digest("hex"));
});

test("ConsoleStream hands over every byte, however much comes at once", async () => {
  await using terminal = await Terminal.open(SYSTEM, NAME);
  await terminal.type("seq 1 20000; echo do''ne\r");
  await terminal.says(/done/, 60_000);
  const numbers = terminal.text.replaceAll("\r", "").match(/^\d+$/gm)?.map(Number);
  assert.deepEqual(numbers, Array.from({ length: 20_000 }, (_, at) => at + 1));
});

test("ConsoleStream hands over a flood in few pieces, not as the guest writes it", async () => {
  await using connection = await Connection.open(SYSTEM);
  using domain = await connection.domainByName(NAME);
  let [pieces, text, first] = [0, "", 0];
  const { promise, resolve } = Promise.withResolvers<void>();
  await using stream = await domain.openConsole({
    onData: (bytes) => {
      pieces++;
      first ||= performance.now();
      text += new TextDecoder("latin1").decode(bytes);
      if (text.includes("done")) resolve();
    },
    onEnd: () => {},
  });
  await stream.send(new TextEncoder().encode("seq 1 5000; echo do''ne\r"));
  await within(60_000, "the flood to end", promise);
  const most = (performance.now() - first) / 3 + 20;
  assert.ok(pieces <= most, `${pieces} pieces, of ${Math.floor(most)} at most`);
});

test("Domain.openConsole fails with operationFailed while somebody holds the console", async () => {
  await using _holder = await Terminal.open(SYSTEM, NAME);
  await assert.rejects(
    Terminal.open(SYSTEM, NAME),
    (error) => error instanceof LibvirtError && error.code === ErrorCode.operationFailed,
  );
});

test("Domain.openConsole with force takes the console, which ends the other with error", async () => {
  await using first = await Terminal.open(SYSTEM, NAME);
  await using second = await Terminal.open(SYSTEM, NAME, { force: true });
  assert.equal(await within(5000, "the first console to end", first.ended), "error");
  await assert.rejects(first.type("x"), LaneBroken);
  await second.type("echo $((40+2))\r");
  await second.says(/^42\r?$/m);
});

test("Domain.openConsole fails for a device that is not there, and leaves nothing", async () => {
  const before = openHandles();
  await assert.rejects(Terminal.open(SYSTEM, NAME, { device: "serial7" }), LibvirtError);
  assert.deepEqual(openHandles(), before);
});

test("ConsoleStream.close can be called from onData, and nothing is heard after it", async () => {
  await using connection = await Connection.open(SYSTEM);
  using domain = await connection.domainByName(NAME);
  const closed = Promise.withResolvers<void>();
  let heardAfter = 0;
  let open = true;
  const stream = await domain.openConsole({
    onData: () => {
      if (!open) heardAfter++;
      open = false;
      closed.resolve(stream.close());
    },
    onEnd: () => heardAfter++,
  });
  await stream.send(new TextEncoder().encode("seq 1 500\r"));
  await closed.promise;
  await using next = await Terminal.open(SYSTEM, NAME);
  await next.type("\recho un''touched\r");
  await next.says(/untouched/);
  assert.equal(heardAfter, 0);
});

test("ConsoleStream.close in a flood leaves nothing, and the next one finds the console", async () => {
  const before = openHandles();
  const terminal = await Terminal.open(SYSTEM, NAME);
  await terminal.type("yes flooding\r");
  await terminal.says(/(flooding\r\n){100}/);
  await terminal.stream.close();
  const { bytes } = terminal;
  assert.equal(await terminal.connection.close(), 0);
  assert.equal(terminal.bytes, bytes);
  assert.deepEqual(openHandles(), before);
  await using next = await Terminal.open(SYSTEM, NAME);
  await next.type("\x03");
  await next.type("echo quiet a''gain\r");
  await next.says(/quiet again/);
});

test("a connection that is closed frees its console, without telling it", async () => {
  const before = openHandles();
  const terminal = await Terminal.open(SYSTEM, NAME);
  let ended = false;
  terminal.ended.then(() => ended = true);
  assert.equal(await terminal.connection.close(), 0);
  await terminal.stream.close();
  assert.equal(ended, false);
  assert.deepEqual(openHandles(), before);
});

test("ConsoleStream.send past its deadline ends its own console and nothing else", async () => {
  await using other = await Connection.open(SYSTEM);
  using domain = await other.domainByName(NAME);
  const terminal = await Terminal.open(SYSTEM, NAME, { deadline: 1000 });
  await domain.suspend();
  try {
    // libvirt, libvirtd and QEMU hold some of it for the guest that does not run, then all is full.
    const pasted = terminal.type("x".repeat(4 * 1024 * 1024));
    await assert.rejects(
      pasted,
      (error) => error instanceof LaneBroken && error.reason === "deadline",
    );
    assert.equal(await terminal.ended, "error");
    assert.equal(terminal.connection.broken, true);
    assert.equal((await domain.state()).state, 3);
  } finally {
    await domain.resume();
  }
  // The send that hangs comes back when the guest reads again, and then all is freed.
  assert.equal(
    await within(60_000, "the hanging send to come back", terminal.connection.close()),
    0,
  );
});

test("ConsoleStream ends with eof when the guest is powered off, though it floods", async () => {
  await using terminal = await Terminal.open(SYSTEM, NAME, { force: true });
  await terminal.type("\ryes flooding\r");
  await terminal.says(/(flooding\r\n){100}/);
  await virsh(SYSTEM, "destroy", NAME);
  assert.equal(await within(5000, "the console to end", terminal.ended), "eof");
  await virsh(SYSTEM, "start", NAME);
  await guest.booted();
});
