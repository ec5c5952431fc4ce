import assert from "node:assert/strict";
import { ConsoleInput, type Gate, type Typist } from "./input.ts";

const open: Gate = { pass: () => true, passed: () => {} };

/** Writes down what became of what it typed. */
function typist(user = "alice") {
  const told = { taken: 0, waiting: -1, dropped: 0 };
  const who: Typist = {
    user,
    mayType: () => true,
    taken: (bytes, waiting) => {
      told.taken += bytes;
      told.waiting = waiting;
    },
    dropped: (bytes) => told.dropped += bytes,
  };
  return { who, told };
}

/** A guest that takes each piece when `step` is called. */
function slowGuest() {
  const got: number[] = [];
  const waiting: (() => void)[] = [];
  const arrived: (() => void)[] = [];
  return {
    got,
    send(bytes: Uint8Array): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(() => {
        got.push(...bytes);
        resolve();
      });
      arrived.shift()?.();
      return promise;
    },
    async step(): Promise<void> {
      if (waiting.length === 0) await new Promise<void>((resolve) => arrived.push(resolve));
      waiting.shift()!();
    },
  };
}

Deno.test("ConsoleInput sends in order, whoever typed, one piece at a time", async () => {
  const guest = slowGuest();
  const input = new ConsoleInput(guest, open);
  const [alice, bob] = [typist("alice"), typist("bob")];
  input.write(alice.who, Uint8Array.of(1, 2));
  input.write(bob.who, Uint8Array.of(3));
  input.write(alice.who, new Uint8Array(5000).fill(4));
  for (let step = 0; step < 4; step++) await guest.step();
  await Promise.resolve();
  assert.deepEqual(guest.got, [1, 2, 3, ...Array(5000).fill(4)]);
  assert.deepEqual(bob.told, { taken: 1, waiting: 0, dropped: 0 });
});

Deno.test("ConsoleInput refuses whole what does not fit, and takes it once there is room", async () => {
  const guest = slowGuest();
  const input = new ConsoleInput(guest, open);
  const { who } = typist();
  assert.equal(input.write(who, new Uint8Array(1024 * 1024)), true);
  assert.equal(input.write(who, Uint8Array.of(9)), false);
  await guest.step();
  // The next piece is asked for once the first was counted.
  await guest.step();
  assert.equal(input.write(who, Uint8Array.of(9)), true);
  input.end();
});

Deno.test("ConsoleInput refuses the 4097th message that waits, however short, and holds no empty ones", () => {
  const input = new ConsoleInput({ send: () => new Promise(() => {}) }, open);
  const [alice, bob] = [typist("alice"), typist("bob")];
  const one = Uint8Array.of(1);
  assert.equal(input.write(alice.who, one), true);
  // The first is on its way already.
  for (let n = 0; n < 4096; n++) {
    assert.equal(input.write(bob.who, new Uint8Array()), true);
    assert.equal(input.write(n % 2 ? bob.who : alice.who, one), true);
  }
  assert.equal(input.write(bob.who, one), false);
  input.end();
  assert.equal(alice.told.dropped + bob.told.dropped, 4097);
});

Deno.test("ConsoleInput tells everyone what was lost when the stream ends", async () => {
  const guest = slowGuest();
  const input = new ConsoleInput(guest, open);
  const [alice, bob] = [typist("alice"), typist("bob")];
  input.write(alice.who, new Uint8Array(6000));
  input.write(bob.who, new Uint8Array(10));
  await guest.step();
  const second = guest.step();
  await second;
  input.end();
  assert.equal(alice.told.taken + alice.told.dropped, 6000);
  assert.deepEqual(bob.told, { taken: 0, waiting: -1, dropped: 10 });
});

Deno.test("ConsoleInput waits at the gate, and lets through only what passed it", async () => {
  const guest = slowGuest();
  const gate = Promise.withResolvers<boolean>();
  const through: number[] = [];
  const input = new ConsoleInput(guest, {
    pass: () => gate.promise,
    passed: (bytes) => through.push(...bytes),
  });
  input.write(typist().who, Uint8Array.of(7));
  await Promise.resolve();
  assert.deepEqual(guest.got, []);
  gate.resolve(true);
  await guest.step();
  await Promise.resolve();
  assert.deepEqual([guest.got, through], [[7], [7]]);
});

Deno.test("ConsoleInput drops what the gate turns away, and goes on with the next", async () => {
  const guest = slowGuest();
  const [alice, bob] = [typist("alice"), typist("bob")];
  const input = new ConsoleInput(guest, {
    pass: ({ user }) => user !== "alice",
    passed: () => {},
  });
  input.write(alice.who, Uint8Array.of(1, 2, 3));
  input.write(bob.who, Uint8Array.of(4));
  await guest.step();
  await Promise.resolve();
  assert.deepEqual(guest.got, [4]);
  assert.deepEqual([alice.told.dropped, bob.told.taken], [3, 1]);
});
