import assert from "node:assert/strict";
import { Connection, Lane, LaneBroken, LibvirtError, openHandles } from "@/libvirt/mod.ts";
import type { DomainEvent } from "@/libvirt/mod.ts";
import { startGuest } from "@/tests/harness/guest.ts";
import { PrivateLibvirtd } from "@/tests/harness/private_libvirtd.ts";
import { virsh } from "@/tests/harness/virsh.ts";
import { eventually, within } from "@/tests/harness/wait.ts";
import { Terminal } from "./terminal.ts";

const NOTHING = { connections: 0, domains: 0, snapshots: 0, pools: 0, streams: 0, callbacks: 0 };
const BACKOFF = { min: 50, max: 500 };
const problem = await PrivateLibvirtd.problem();
if (problem !== null) console.log(`skipped: a libvirtd that dies under a connection: ${problem}`);

function test(name: string, fn: (libvirtd: PrivateLibvirtd) => Promise<void>): void {
  Deno.test({
    name,
    ignore: problem !== null,
    async fn() {
      await using libvirtd = await PrivateLibvirtd.start();
      await fn(libvirtd);
      await eventually(() => openHandles().connections === 0, {
        for: "all connections to be freed",
        deadline: 30_000,
      });
      assert.deepEqual(openHandles(), NOTHING);
    },
  });
}

function reason(expected: string) {
  return (error: unknown) => error instanceof LaneBroken && error.reason === expected;
}

/** How long the main thread was away at most, in ms, until `stop`. */
function heartbeat() {
  let last = performance.now();
  let longest = 0;
  const beat = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return {
    longest: () => longest,
    [Symbol.dispose]: () => clearInterval(beat),
  };
}

test("Lane survives a libvirtd that is killed and restarted, and hears events again", async (libvirtd) => {
  await using lane = new Lane(libvirtd.uri, { backoff: BACKOFF });
  const events: DomainEvent[] = [];
  let ups = 0;
  const wakes: (() => void)[] = [];
  lane.onUp(async (connection) => {
    await connection.onDomainEvent((event) => {
      events.push(event);
      for (const wake of wakes.splice(0)) wake();
    });
    ups++;
  });
  const down = Promise.withResolvers<Error>();
  lane.onDown(down.resolve);
  lane.start();
  await lane.ready();

  await libvirtd.kill();
  assert.ok(reason("eof")(await within(5000, "the lane to go down", down.promise)));
  await assert.rejects(lane.run((connection) => connection.hostname()), LaneBroken);

  await libvirtd.restart();
  await eventually(() => lane.state.up, { for: "the lane to come up again" });
  assert.equal(ups, 2);
  const heard = new Promise<void>((resolve) => wakes.push(resolve));
  await using guest = await startGuest(libvirtd.uri, { name: "vg-lv-killed", start: false });
  await within(5000, "an event", heard);
  assert.equal(events[0]?.name, guest.name);
});

test("a libvirtd that dies ends consoles and calls at once, and nothing leaks", async (libvirtd) => {
  await using guest = await startGuest(libvirtd.uri, { name: "vg-lv-orphan", boot: false });
  const terminal = await Terminal.open(libvirtd.uri, guest.name);
  const connection = await Connection.open(libvirtd.uri);
  const domains = await connection.domains();
  const closed = Promise.withResolvers<string>();
  connection.onClose(closed.resolve);
  await libvirtd.kill();
  assert.equal(await within(5000, "the console to end", terminal.ended), "error");
  assert.equal(await within(5000, "the connection to end", closed.promise), "eof");
  await assert.rejects(domains[0]?.state() ?? assert.fail(), reason("eof"));
  await assert.rejects(terminal.type("x"), LaneBroken);
  assert.equal(await connection.close(), 0);
  assert.equal(await terminal.connection.close(), 0);
  assert.deepEqual(openHandles(), NOTHING);

  await libvirtd.restart();
  await using again = await Terminal.open(libvirtd.uri, guest.name);
  await again.type("\r"); // libvirtd finds the guest, and the console that it held, again
});

test("40 kills and reconnects leave no file behind", async (libvirtd) => {
  const openFiles = () => [...Deno.readDirSync("/proc/self/fd")].length;
  const round = async () => {
    const connection = await Connection.open(libvirtd.uri);
    await connection.onDomainEvent(() => {});
    const closed = Promise.withResolvers<string>();
    connection.onClose(closed.resolve);
    await libvirtd.kill();
    assert.equal(await closed.promise, "eof");
    assert.equal(await connection.close(), 0);
    await libvirtd.restart();
  };
  for (let warm = 0; warm < 3; warm++) await round();
  const before = openFiles();
  for (let at = 0; at < 40; at++) await round();
  await eventually(() => openFiles() <= before, { for: `no more than ${before} open files` });
});

test("a frozen libvirtd costs a call its deadline, and the main thread nothing", async (libvirtd) => {
  const connection = await Connection.open(libvirtd.uri, { deadline: 1500 });
  using pulse = heartbeat();
  libvirtd.freeze();
  const calls = [connection.hostname(), connection.domains(), connection.stats(["state"])];
  await Promise.all(calls.map((call) => assert.rejects(call, reason("deadline"))));
  assert.equal(connection.broken, true);
  assert.equal(openHandles().connections, 1); // its call may still come back
  libvirtd.thaw();
  assert.equal(await within(10_000, "the hanging call", connection.close()), 0);
  assert.ok(pulse.longest() < 750, `the main thread was away for ${pulse.longest()} ms`);
});

test("events that are registered after the deadline leave nothing behind", async (libvirtd) => {
  const connection = await Connection.open(libvirtd.uri, { deadline: 500 });
  libvirtd.freeze();
  await assert.rejects(connection.onDomainEvent(() => {}), reason("deadline"));
  libvirtd.thaw();
  assert.equal(await within(10_000, "the hanging call", connection.close()), 0);
});

test("Connection notices by keepalive that libvirtd is frozen, without a call", async (libvirtd) => {
  const keepAlive = { interval: 1, count: 1 };
  const connection = await Connection.open(libvirtd.uri, { keepAlive });
  const closed = Promise.withResolvers<string>();
  connection.onClose(closed.resolve);
  using pulse = heartbeat();
  libvirtd.freeze();
  assert.equal(await within(10_000, "keepalive", closed.promise), "keepalive");
  assert.equal(await within(10_000, "the connection to be freed", connection.close()), 0);
  assert.ok(pulse.longest() < 750, `the main thread was away for ${pulse.longest()} ms`);
  libvirtd.thaw();
});

test("opens of a frozen libvirtd hang one thread, and others can still be opened", async (libvirtd) => {
  libvirtd.freeze();
  const options = { openDeadline: 300 };
  const opens = Array.from({ length: 40 }, () => Connection.open(libvirtd.uri, options));
  await Promise.all(opens.map((open) => assert.rejects(open, reason("deadline"))));
  await using other = await Connection.open("test:///default");
  assert.equal(await other.type(), "TEST");
  const error = await Connection.open("qemu+unix:///system?socket=/nonexistent").catch((e) => e);
  assert.ok(error instanceof LibvirtError && error.message.includes("/nonexistent"));
  // Reading a file needs one of the threads that hanging opens would have taken.
  await within(1000, "a file to be read", Deno.readTextFile("/proc/self/comm"));

  const waiting = Connection.open(libvirtd.uri, { openDeadline: 20_000 });
  libvirtd.thaw();
  await using connection = await waiting; // the open that was left behind, taken over
  assert.equal(await connection.type(), "QEMU");
});

test("Lane comes back by itself when a frozen libvirtd goes on", async (libvirtd) => {
  await using lane = new Lane(libvirtd.uri, { deadline: 500, backoff: BACKOFF });
  lane.start();
  await lane.ready();
  libvirtd.freeze();
  await assert.rejects(lane.run((connection) => connection.hostname()), reason("deadline"));
  const down = Promise.withResolvers<void>();
  lane.onDown(() => down.resolve());
  await within(5000, "an attempt to reconnect to fail", down.promise);
  libvirtd.thaw();
  await eventually(() => lane.state.up, { for: "the lane to come up again" });
  assert.equal(await lane.run((connection) => connection.type()), "QEMU");
});

test("Lane.close does not wait for a frozen libvirtd", async (libvirtd) => {
  const lane = new Lane(libvirtd.uri);
  lane.start();
  await lane.ready();
  libvirtd.freeze();
  const asked = lane.run((connection) => connection.hostname());
  await Promise.all([
    assert.rejects(asked, reason("closed")),
    within(3000, "the lane to close", lane.close()),
  ]);
  libvirtd.thaw();
});

test("a domain that virsh removes is gone for us too", async (libvirtd) => {
  await using connection = await Connection.open(libvirtd.uri);
  await using guest = await startGuest(libvirtd.uri, { name: "vg-lv-gone", start: false });
  using domain = await connection.domainByName(guest.name);
  await virsh(libvirtd.uri, "undefine", guest.name);
  await assert.rejects(
    domain.state(),
    (error) => error instanceof LibvirtError && error.code === 42,
  );
});
