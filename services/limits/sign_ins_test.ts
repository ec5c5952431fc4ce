import assert from "node:assert/strict";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { GlassError } from "../errors.ts";
import { Audit } from "@/services/audit/mod.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { Users } from "../identity/users.ts";
import { Store } from "../store/mod.ts";
import { SignIns } from "./sign_ins.ts";
import { quickHashes } from "@/tests/services/quick_hashes.ts";

const RIGHT = () => Promise.resolve("signed in");
const WRONG = () => Promise.reject(new GlassError("UNAUTHENTICATED", "wrong"));

class Fixture implements Disposable {
  readonly #folder = temporaryFolder();
  readonly store = new Store(this.#folder.path);
  readonly audit = new Audit(this.store, this.#folder.path, 365);
  readonly signIns = new SignIns(this.store, this.audit);

  static async start(...names: string[]): Promise<Fixture> {
    const fixture = new Fixture();
    const users = new Users(fixture.store, fixture.audit, quickHashes());
    for (const name of names) {
      await users.add(name, "admin", "correct horse 42", COMMAND_LINE);
    }
    return fixture;
  }

  /** The code of the error that an attempt ends with, null when it succeeds. */
  async attempt(user: string, address: string, signIn: () => Promise<string>) {
    try {
      await this.signIns.attempt(user, address, signIn);
      return null;
    } catch (error) {
      if (error instanceof GlassError) return error.code;
      throw error;
    }
  }

  /** Fails from here until it is refused; returns how often it could. */
  async exhaust(user: () => string, address: () => string, most = 200): Promise<number> {
    for (let tries = 0; tries < most; tries++) {
      const code = await this.attempt(user(), address(), WRONG);
      if (code === "RATE_LIMITED") return tries;
      assert.equal(code, "UNAUTHENTICATED");
    }
    return most;
  }

  [Symbol.dispose](): void {
    this.audit[Symbol.dispose]();
    this.store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}

Deno.test("SignIns lets one network try one user 6 times, then has it wait", async () => {
  using fixture = await Fixture.start("alice");
  assert.equal(await fixture.exhaust(() => "alice", () => "192.0.2.1"), 6);
  // Nor with the right one, or the wait would tell which it is.
  assert.equal(await fixture.attempt("alice", "192.0.2.1", RIGHT), "RATE_LIMITED");
  await assert.rejects(fixture.signIns.attempt("alice", "192.0.2.1", RIGHT), {
    message: /^Too many failed sign-ins\. Try again in 5 s\.$/,
  });
  assert.equal(await fixture.attempt("alice", "192.0.2.2", RIGHT), null);
});

Deno.test("SignIns lets one network try all users 21 times, its addresses of IPv6 together", async () => {
  using fixture = await Fixture.start("alice");
  let n = 0;
  const tries = await fixture.exhaust(() => `user${n++}`, () => `2001:db8::${n.toString(16)}`);
  assert.equal(tries, 21);
});

Deno.test("SignIns lets all networks together try one user 51 times", async () => {
  using fixture = await Fixture.start("alice");
  let n = 0;
  assert.equal(await fixture.exhaust(() => "alice", () => `198.51.100.${n++}`), 51);
});

Deno.test("SignIns never keeps a user out whom others try to keep out", async () => {
  using fixture = await Fixture.start("alice");
  assert.equal(await fixture.attempt("alice", "203.0.113.7", RIGHT), null);
  let n = 0;
  await fixture.exhaust(() => "alice", () => `198.51.100.${n++}`);
  assert.equal(await fixture.attempt("alice", "192.0.2.1", RIGHT), "RATE_LIMITED");
  for (const familiar of ["203.0.113.7", "127.0.0.1", "::1"]) {
    assert.equal(await fixture.attempt("alice", familiar, RIGHT), null, familiar);
  }
  const again = new SignIns(fixture.store, fixture.audit);
  assert.equal(await again.attempt("alice", "203.0.113.7", RIGHT), "signed in");
});

Deno.test("SignIns forgets a network's failures for a user who signs in, not those for others", async () => {
  using fixture = await Fixture.start("alice", "mallory");
  for (let round = 0; round < 4; round++) {
    for (let n = 0; n < 5; n++) await fixture.attempt("alice", "192.0.2.1", WRONG);
    const code = await fixture.attempt("mallory", "192.0.2.1", RIGHT);
    assert.equal(code, null, String(round));
    await fixture.attempt("alice", "192.0.2.1", round < 3 ? RIGHT : WRONG);
  }
  assert.equal(await fixture.attempt("mallory", "192.0.2.1", RIGHT), "RATE_LIMITED");
});

Deno.test("SignIns counts no failure but a wrong password", async () => {
  using fixture = await Fixture.start("alice");
  const broken = () => Promise.reject(new GlassError("INTERNAL", "disk"));
  for (let n = 0; n < 30; n++) {
    assert.equal(await fixture.attempt("alice", "192.0.2.1", broken), "INTERNAL");
  }
});

Deno.test("SignIns counts those under way, so that many at once are no way around", async () => {
  using fixture = await Fixture.start("alice");
  const { promise, reject } = Promise.withResolvers<string>();
  const tries = Array.from(
    { length: 40 },
    () => fixture.attempt("alice", "192.0.2.1", () => promise),
  );
  reject(new GlassError("UNAUTHENTICATED", "wrong"));
  const codes = await Promise.all(tries);
  assert.equal(codes.filter((code) => code === "UNAUTHENTICATED").length, 4);
});

Deno.test("SignIns has room for those who are known while strangers fill theirs", async () => {
  using fixture = await Fixture.start("alice");
  await fixture.attempt("alice", "203.0.113.7", RIGHT);
  const { promise, reject } = Promise.withResolvers<string>();
  const strangers = Array.from(
    { length: 30 },
    (_, n) => fixture.attempt(`user${n}`, `198.51.100.${n}`, () => promise),
  );
  assert.equal(await fixture.attempt("alice", "192.0.2.1", RIGHT), "RATE_LIMITED");
  assert.equal(await fixture.attempt("alice", "203.0.113.7", RIGHT), null);
  reject(new GlassError("UNAUTHENTICATED", "wrong"));
  const codes = await Promise.all(strangers);
  assert.equal(codes.filter((code) => code === "UNAUTHENTICATED").length, 16);
});
