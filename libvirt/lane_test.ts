import assert from "node:assert/strict";
import { Connection } from "./connection.ts";
import { LaneBroken, LibvirtError } from "./errors.ts";
import { openHandles } from "./handles.ts";
import { Lane } from "./lane.ts";

const URI = "test:///default";
const NOWHERE = "qemu+unix:///system?socket=/nonexistent";
const FAST = { min: 1, max: 5 };

Deno.test("Lane is up after ready, and runs what it is given on its connection", async () => {
  await using lane = new Lane(URI);
  lane.start();
  await lane.ready();
  assert.equal(lane.state.up, true);
  assert.equal(lane.state.error, null);
  assert.equal(await lane.run((connection) => connection.type()), "TEST");
});

Deno.test("Lane is down before it was started, and after it was closed", async () => {
  const lane = new Lane(URI, { name: "commands" });
  await assert.rejects(lane.run((connection) => connection.type()), LaneBroken);
  lane.start();
  await lane.ready();
  const downs: Error[] = [];
  lane.onDown((error) => downs.push(error));
  await lane.close();
  await assert.rejects(
    lane.run((connection) => connection.type()),
    (error) => error instanceof LaneBroken && error.reason === "closed",
  );
  assert.deepEqual(downs, []); // nobody needs to be told of what he did himself
  assert.equal(openHandles().connections, 0);
});

Deno.test("Lane.ready rejects with libvirt's error, and the lane goes on trying", async () => {
  await using lane = new Lane(NOWHERE, { backoff: FAST });
  const thirdFailure = Promise.withResolvers<void>();
  let failures = 0;
  lane.onDown(() => ++failures === 3 && thirdFailure.resolve());
  lane.start();
  await assert.rejects(lane.ready(), LibvirtError);
  const { since } = lane.state;
  await thirdFailure.promise;
  assert.equal(lane.state.up, false);
  assert.equal(lane.state.since, since); // down since the first failure
  await assert.rejects(
    lane.run((connection) => connection.type()),
    (error) => error instanceof LaneBroken && error.cause instanceof LibvirtError,
  );
});

Deno.test("Lane opens a new connection when the one it had breaks", async () => {
  await using lane = new Lane(URI, { backoff: FAST });
  const ups: Connection[] = [];
  const twice = Promise.withResolvers<void>();
  const downs: Error[] = [];
  lane.onUp((connection) => {
    if (ups.push(connection) === 2) twice.resolve();
  });
  lane.onDown((error) => downs.push(error));
  lane.start();
  await lane.ready();
  await ups[0]?.close();
  await twice.promise;
  assert.notEqual(ups[0], ups[1]);
  assert.equal(ups[1]?.broken, false);
  assert.ok(downs[0] instanceof LaneBroken && downs[0].reason === "closed");
});

Deno.test("Lane waits longer and longer while its connections break at once, whatever time of day it is", async () => {
  const { now } = Date;
  const { random } = Math;
  let hours = 0;
  Date.now = () => now() + 3_600_000 * ++hours;
  Math.random = () => 1;
  try {
    await using lane = new Lane(URI, { backoff: { min: 10, max: 10_000 } });
    const sixth = Promise.withResolvers<void>();
    let ups = 0;
    lane.onUp((connection) => {
      if (++ups === 6) sixth.resolve();
      setTimeout(() => connection.close());
    });
    const begin = performance.now();
    lane.start();
    await sixth.promise;
    // 10 + 20 + 40 + 80 + 160; timers may leave out parts of a millisecond.
    assert.ok(performance.now() - begin >= 300);
  } finally {
    Date.now = now;
    Math.random = random;
  }
});

Deno.test("Lane is up only when all its listeners are done, and tries again when one fails", async () => {
  await using lane = new Lane(URI, { backoff: FAST });
  const seen: boolean[] = [];
  let attempts = 0;
  lane.onUp(async (connection) => {
    seen.push(lane.state.up);
    await connection.hostname();
    seen.push(lane.state.up);
    if (++attempts < 3) throw new Error(`attempt ${attempts}`);
  });
  const downs: string[] = [];
  lane.onDown((error) => downs.push(error.message));
  const up = Promise.withResolvers<void>();
  lane.onUp(() => up.resolve());
  lane.start();
  await assert.rejects(lane.ready(), /attempt 1/);
  await up.promise;
  assert.deepEqual(seen, [false, false, false, false, false, false]);
  assert.deepEqual(downs, ["attempt 1", "attempt 2"]);
});

Deno.test("Lane.close ends a lane that waits to try again, or is just connecting", async () => {
  const waiting = new Lane(NOWHERE, { backoff: { min: 600_000, max: 600_000 } });
  const failed = Promise.withResolvers<void>();
  waiting.onDown(() => failed.resolve());
  waiting.start();
  await failed.promise;
  await waiting.close();

  const connecting = new Lane(URI);
  connecting.start();
  await connecting.close();
  await assert.rejects(connecting.ready(), LaneBroken);
  assert.equal(openHandles().connections, 0);
});
