import assert from "node:assert/strict";
import { CallQueue } from "./call_queue.ts";
import { LaneBroken, LibvirtError } from "./errors.ts";
import { openHandles } from "./handles.ts";
import { library } from "./library.ts";
import { openPointer } from "./opener.ts";
import { Slots } from "./slots.ts";

/** A queue on a real connection, with a deadline that no honest call comes near. */
async function open(deadline = 10_000): Promise<CallQueue> {
  return new CallQueue(
    "test:///default",
    await openPointer("test:///default", false, 10_000),
    deadline,
  );
}

async function close(queue: CallQueue): Promise<number> {
  queue.break("closed");
  return await queue.closed;
}

/** A call that stays in flight until it is told to come back. */
function hangingCall(queue: CallQueue, name = "hang") {
  const started = Promise.withResolvers<void>();
  const back = Promise.withResolvers<number>();
  const outcome = queue.call({
    operation: name,
    invoke: () => {
      started.resolve();
      return back.promise;
    },
    take: (result) => `${name} ${result}`,
  });
  outcome.catch(() => {});
  return { started: started.promise, comeBack: back.resolve, fail: back.reject, outcome };
}

function broken(reason: string, operation: string) {
  return (error: unknown) =>
    error instanceof LaneBroken && error.reason === reason && error.message.includes(operation);
}

Deno.test("CallQueue has one call in flight, and the others follow in order", async () => {
  const queue = await open();
  let inFlight = 0;
  let most = 0;
  const order: number[] = [];
  const calls = Array.from({ length: 50 }, (_, at) =>
    queue.call({
      operation: "virConnectIsAlive",
      invoke: async (connection) => {
        most = Math.max(most, ++inFlight);
        const alive = await library().virConnectIsAlive(connection);
        inFlight--;
        order.push(at);
        return alive;
      },
      take: (alive) => alive,
    }));
  assert.deepEqual(await Promise.all(calls), calls.map(() => 1));
  assert.equal(most, 1);
  assert.deepEqual(order, calls.map((_, at) => at));
  assert.equal(await close(queue), 0);
});

Deno.test("CallQueue goes on after a call that failed or threw", async () => {
  const queue = await open();
  const failed = queue.call({ operation: "bad", invoke: () => Promise.resolve(-1), take: () => 1 });
  const empty = queue.call({
    operation: "bad",
    invoke: () => Promise.resolve(null),
    take: () => 1,
  });
  const threw = queue.call({
    operation: "bad",
    invoke: () => Promise.reject(new RangeError("oops")),
    take: () => 1,
  });
  const threwAtOnce = queue.call({
    operation: "bad",
    invoke: () => {
      throw new RangeError("at once");
    },
    take: () => 1,
  });
  const good = queue.call({ operation: "good", invoke: () => Promise.resolve(0), take: () => 1 });
  await assert.rejects(failed, LibvirtError);
  await assert.rejects(empty, /bad failed and libvirt did not say why/);
  await assert.rejects(threw, RangeError);
  await assert.rejects(threwAtOnce, RangeError);
  assert.equal(await good, 1);
  assert.equal(await close(queue), 0);
});

Deno.test("CallQueue breaks at a missed deadline, and is freed when the call comes back", async () => {
  const before = openHandles().connections;
  const queue = await open(20);
  const reasons: string[] = [];
  queue.onBreak((reason) => reasons.push(reason));
  const hanging = hangingCall(queue);
  const waiting = hangingCall(queue, "wait");
  await assert.rejects(hanging.outcome, broken("deadline", "hang"));
  await assert.rejects(waiting.outcome, broken("deadline", "wait"));
  await assert.rejects(hangingCall(queue, "late").outcome, broken("deadline", "late"));
  assert.deepEqual(reasons, ["deadline"]);
  assert.equal(openHandles().connections, before + 1); // not while the call may use it
  hanging.comeBack(0);
  assert.equal(await queue.closed, 0);
  assert.equal(openHandles().connections, before);
});

Deno.test("CallQueue takes the result of an abandoned call, so that nothing of it leaks", async () => {
  const queue = await open(20);
  const taken = Promise.withResolvers<number>();
  const back = Promise.withResolvers<number>();
  const call = queue.call({ operation: "hang", invoke: () => back.promise, take: taken.resolve });
  await assert.rejects(call, LaneBroken);
  back.resolve(7);
  assert.equal(await taken.promise, 7);
  assert.equal(await queue.closed, 0);
});

Deno.test("CallQueue ends the call in flight and those that wait when it breaks", async () => {
  const queue = await open();
  const first = hangingCall(queue, "first");
  const second = hangingCall(queue, "second");
  await first.started;
  queue.break("eof");
  queue.break("keepalive");
  await assert.rejects(first.outcome, broken("eof", "first"));
  await assert.rejects(second.outcome, broken("eof", "second"));
  assert.equal(queue.broken, "eof");
  first.fail(new Error("came back with an error, which nobody waits for"));
  assert.equal(await queue.closed, 0);
});

Deno.test("CallQueue releases what lives on it, last come first, before it is closed", async () => {
  const queue = await open();
  const released: string[] = [];
  const child = (name: string) => ({ release: () => void released.push(name) });
  const forgotten = child("forgotten");
  for (const each of [child("first"), forgotten, child("second")]) queue.adopt(each);
  queue.forget(forgotten);
  const hanging = hangingCall(queue);
  await hanging.started;
  queue.break("closed");
  assert.deepEqual(released, []);
  hanging.comeBack(0);
  assert.equal(await queue.closed, 0);
  assert.deepEqual(released, ["second", "first"]);
});

Deno.test("CallQueue.whenIdle waits for the call in flight, and for nothing else", async () => {
  const queue = await open();
  const order: string[] = [];
  queue.whenIdle(() => order.push("idle"));
  const hanging = hangingCall(queue);
  await hanging.started;
  queue.whenIdle(() => order.push("after"));
  assert.deepEqual(order, ["idle"]);
  hanging.comeBack(0);
  await queue.call({
    operation: "next",
    invoke: () => Promise.resolve(order.push("next")),
    take: () => undefined,
  });
  assert.deepEqual(order, ["idle", "after", "next"]);
  assert.equal(await close(queue), 0);
});

Deno.test("CallQueue counts the wait for a thread as part of the deadline", async () => {
  const queue = await open(20);
  const slots = new Slots(0);
  const call = queue.call({
    operation: "starved",
    slots,
    invoke: () => Promise.reject(new Error("was never to start")),
    take: () => 1,
  });
  await assert.rejects(call, broken("deadline", "starved"));
  assert.equal(await queue.closed, 0);
});
