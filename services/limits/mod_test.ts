import assert from "node:assert/strict";
import { later } from "@/tests/harness/later.ts";
import { GlassError } from "../errors.ts";
import { Limits } from "./mod.ts";
import { Places } from "./places.ts";
import { Rate } from "./rate.ts";

const limits = (changes: Partial<ConstructorParameters<typeof Limits>[0]> = {}) =>
  new Limits({
    limitsSocketsPerUser: 2,
    limitsSocketsPerAddress: 3,
    limitsRequests: 1,
    limitsMessages: 1,
    limitsMessagesPerUser: 2,
    limitsCommands: 2,
    limitsConsoleBytes: 1_000,
    ...changes,
  });

Deno.test("Rate lets pass what there is, then says how long to wait", () => {
  const rate = new Rate(2, 60);
  assert.deepEqual([rate.spend("a"), rate.spend("a")], [0, 0]);
  const wait = rate.spend("a");
  assert.ok(wait > 29_000 && wait <= 30_000, String(wait));
  assert.equal(rate.spend("b"), 0);
});

Deno.test("Rate gives points back evenly, and after its time all of them", () => {
  const rate = new Rate(4, 60);
  assert.equal(rate.spend("a", 4), 0);
  {
    using _ = later(15_001);
    assert.equal(rate.spend("a"), 0);
    assert.ok(rate.spend("a") > 0);
  }
  using _ = later(80_000);
  assert.equal(rate.spend("a", 4), 0);
  assert.ok(rate.spend("a") > 0);
});

Deno.test("Rate.refund gives back what was spent for nothing, and no more", () => {
  const rate = new Rate(2, 60);
  rate.spend("a");
  rate.refund("a", 5);
  assert.equal(rate.spend("a", 2), 0);
  assert.ok(rate.spend("a") > 0);
});

Deno.test("Rate forgets who has all their points again, and nobody before", () => {
  const rate = new Rate(1, 60);
  for (let n = 0; n < 1_000; n++) rate.spend(String(n));
  {
    using _ = later(59_000);
    assert.equal(rate.size, 1_000);
  }
  {
    using _ = later(61_000);
    assert.equal(rate.size, 1_000);
    rate.spend("5");
    assert.ok(rate.spend("5") > 0);
  }
  {
    using _ = later(122_000);
    assert.equal(rate.size, 1);
  }
  using _ = later(10 * 60_000);
  assert.equal(rate.size, 0);
});

Deno.test("Rate spends more than there can be as all of it", () => {
  const rate = new Rate(10, 60);
  assert.equal(rate.spend("a", 50), 0);
  assert.ok(rate.spend("a") > 0);
});

Deno.test("Rate takes names of every object's fields for keys like others", () => {
  const rate = new Rate(1, 60);
  for (const key of ["__proto__", "constructor", ""]) {
    assert.equal(rate.spend(key), 0, key);
    assert.ok(rate.spend(key) > 0, key);
  }
});

Deno.test("Rate goes by its own clock, though that of the day was set back", () => {
  const rate = new Rate(1, 1);
  rate.spend("a");
  const { now } = Date;
  const day = 24 * 3600 * 1000;
  try {
    Date.now = () => now() - day;
    assert.ok(rate.spend("a") <= 1_000);
  } finally {
    Date.now = now;
  }
});

Deno.test("Places counts by key, and keeps nothing of keys that nobody has", () => {
  const places = new Places(1);
  const place = places.take("a");
  assert.deepEqual([places.isFull("a"), places.isFull("b")], [true, false]);
  place[Symbol.dispose]();
  assert.deepEqual([places.isFull("a"), places.size], [false, 0]);
});

Deno.test("Limits.enter counts sockets by user and by address, and frees both", () => {
  const here = limits();
  const alice = [1, 2, 3].map(() => here.enter("alice", "10.0.0.1"));
  assert.deepEqual(alice.map(({ refusal }) => refusal), [
    null,
    null,
    'User "alice" has 2 sockets open already; close some first.',
  ]);
  const bob = here.enter("bob", "10.0.0.1");
  assert.equal(bob.refusal, "10.0.0.1 has 3 sockets open already; close some first.");
  assert.equal(here.enter("bob", "10.0.0.2").refusal, null);
  for (const place of [...alice, bob]) place[Symbol.dispose]();
  assert.equal(here.enter("alice", "10.0.0.1").refusal, null);
});

Deno.test("Limits.demandRoom refuses once as many again were refused and did not go", () => {
  const here = limits();
  const places = [1, 2, 3].map(() => here.enter("alice", "10.0.0.1"));
  here.demandRoom("alice", "10.0.0.1");
  places.push(here.enter("alice", "10.0.0.1"));
  assert.throws(
    () => here.demandRoom("alice", "10.0.0.1"),
    (error: unknown) => error instanceof GlassError && error.code === "RATE_LIMITED",
  );
  here.demandRoom("bob", "10.0.0.1");
  places[0]![Symbol.dispose]();
  here.demandRoom("alice", "10.0.0.1");
});

Deno.test("Limits.message counts each socket by itself, with three seconds' worth at once", () => {
  const here = limits();
  const [one, other] = [{}, {}];
  const answers = [1, 2, 3, 4].map(() => here.message(one, "alice"));
  assert.deepEqual(answers, [
    null,
    null,
    null,
    "More than 3 messages on one socket within 3 s; slow down and connect again.",
  ]);
  assert.equal(here.message(other, "alice"), null);
});

Deno.test("Limits.message counts a user's sockets together as well", () => {
  const here = limits();
  const send = (user: string) => here.message({}, user);
  for (let n = 0; n < 6; n++) assert.equal(send("alice"), null);
  assert.equal(
    send("alice"),
    'More than 6 messages of user "alice" within 3 s; slow down and connect again.',
  );
  assert.equal(send("bob"), null);
});

Deno.test("Limits.answer counts what a user is told, in tenths of messages", () => {
  const here = limits();
  assert.equal(here.answer("alice", 60), null);
  assert.equal(
    here.answer("alice", 1),
    'Subscribing told user "alice" more than 60 VMs and events within 3 s; slow down and connect again.',
  );
  // One that is too long for ever is too long once.
  assert.equal(here.answer("bob", 5_000), null);
});

Deno.test("Limits.command says who has given how many, and when there will be more", () => {
  const here = limits();
  here.command("alice");
  here.command("alice");
  here.command("bob");
  assert.throws(() => here.command("alice"), (error: unknown) => {
    assert.ok(error instanceof GlassError);
    assert.equal(error.code, "RATE_LIMITED");
    assert.match(
      error.message,
      /^User "alice" has given 2 commands within a minute\. Try again in (\d|[1-5]\d|60) s\.$/,
    );
    return true;
  });
});

Deno.test("Limits.consoleInput says how long to wait once a second's bytes are typed", () => {
  const here = limits();
  assert.equal(here.consoleInput("alice", 600), 0);
  assert.equal(here.consoleInput("alice", 400), 0);
  const wait = here.consoleInput("alice", 1);
  assert.ok(wait > 0 && wait <= 1_000, String(wait));
  assert.equal(here.consoleInput("bob", 64 * 1024), 0);
});

Deno.test("Limits.request counts a user wherever they are, and strangers by their network", () => {
  const here = limits();
  for (let n = 0; n < 10; n++) {
    here.request("alice", `10.0.0.${n}`);
    here.request(null, `2001:db8::${n}`);
  }
  const tooMany = { code: "RATE_LIMITED", message: /^More than 10 requests within 10 s\. / };
  assert.throws(() => here.request("alice", "10.0.0.99"), tooMany);
  assert.throws(() => here.request(null, "2001:db8::99"), tooMany);
  here.request(null, "2001:db8:0:1::");
  here.request("bob", "2001:db8::1");
});
