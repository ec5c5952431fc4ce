import assert from "node:assert/strict";
import { within } from "@/tests/harness/wait.ts";
import type { AuditEntry } from "./entry.ts";
import { Repeats } from "./repeats.ts";

/** Somebody at this address who is not signed in fails to. */
const failure = (address: string): AuditEntry => ({
  kind: "sign_in",
  actor: { user: null, address },
  subject: "alice",
  result: "failed",
});
const attach = (user: string): AuditEntry => ({
  kind: "console.attach",
  actor: { user, address: "192.0.2.7" },
  result: "ok",
});

Deno.test("Repeats lets the first of a kind pass, and tells how many came after it", async () => {
  const told = Promise.withResolvers<AuditEntry>();
  const bounds = { window: 50, things: 10 };
  using repeats = new Repeats(told.resolve, { known: bounds, anybody: bounds });
  assert.equal(repeats.isFirst(attach("alice")), true);
  for (let times = 0; times < 5; times++) assert.equal(repeats.isFirst(attach("alice")), false);
  assert.equal(repeats.isFirst(attach("bob")), true);
  assert.equal(repeats.isFirst({ ...attach("alice"), result: "refused" }), true);
  assert.deepEqual(await within(5_000, "the count", told.promise), {
    ...attach("alice"),
    detail: { times: 5, seconds: 0.05 },
  });
  assert.equal(repeats.isFirst(attach("alice")), true);
});

Deno.test("Repeats tells nothing of the others that is true of the first alone", async () => {
  const left: AuditEntry = { ...attach("alice"), kind: "console.detach" };
  const first: AuditEntry = { ...left, duration: 3600, detail: { token: "one" } };
  const told: AuditEntry[] = [];
  const bounds = { window: 20, things: 10 };
  const ended = Promise.withResolvers<void>();
  {
    using repeats = new Repeats((entry) => ended.resolve(void told.push(entry)), {
      known: bounds,
      anybody: bounds,
    });
    repeats.isFirst(first);
    repeats.isFirst({ ...left, duration: 1 });
    await within(5_000, "the count", ended.promise);
    repeats.isFirst(first);
    repeats.isFirst({ ...left, duration: 1 });
  }
  assert.deepEqual(told, [
    { ...left, detail: { times: 1, seconds: 0.02 } },
    { ...left, detail: { times: 1 } },
  ]);
});

Deno.test("Repeats counts a flood from a million addresses as 33 things, and loses none of it", () => {
  const told: AuditEntry[] = [];
  let passed = 0;
  {
    using repeats = new Repeats((entry) => told.push(entry));
    for (let address = 0; address < 1_000_000; address++) {
      if (repeats.isFirst(failure(String(address)))) passed++;
    }
    assert.equal(repeats.isFirst(attach("alice")), true);
  }
  assert.equal(passed, 33);
  assert.deepEqual(told, [{
    kind: "sign_in",
    actor: { user: null, address: "(several)" },
    result: "failed",
    detail: { times: 1_000_000 - 33 },
  }]);
});
