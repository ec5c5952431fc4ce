import assert from "node:assert/strict";
import { Audit } from "@/services/audit/mod.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { GlassError } from "@/services/errors.ts";
import { Sessions } from "./sessions.ts";
import { Store } from "@/services/store/mod.ts";
import { Tokens } from "./tokens.ts";
import { Users } from "./users.ts";

const PASSWORD = "correct horse";

class Fixture implements Disposable {
  readonly #folder = temporaryFolder();
  readonly path = this.#folder.path;
  readonly store = new Store(this.path);
  readonly audit = new Audit(this.store, this.path, 365);
  readonly users = new Users(this.store, this.audit);

  [Symbol.dispose](): void {
    this.audit[Symbol.dispose]();
    this.store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}

const refusedAs = (code: string) => (error: unknown) =>
  error instanceof GlassError && error.code === code;

Deno.test("Users.verify knows an added user by the right password alone", async () => {
  using fixture = new Fixture();
  await fixture.users.add("alice", "operator", PASSWORD, COMMAND_LINE);
  const alice = { name: "alice", role: "operator" };
  assert.deepEqual(await fixture.users.verify("alice", PASSWORD), alice);
  for (const wrong of ["", "correct hors", "correct horse ", "Correct horse"]) {
    assert.equal(await fixture.users.verify("alice", wrong), null, wrong);
  }
  for (const name of ["Alice", "alic", "alice ", "bob", ""]) {
    assert.equal(await fixture.users.verify(name, PASSWORD), null, name);
  }
});

Deno.test("Users.verify takes a password in either Unicode form", async () => {
  using fixture = new Fixture();
  await fixture.users.add("alice", "viewer", "gr\u00fc\u00dfe-sch\u00f6ne", COMMAND_LINE);
  assert.ok(await fixture.users.verify("alice", "gru\u0308\u00dfe-scho\u0308ne"));
});

Deno.test("Users.verify takes as long for an unknown user as for a known one", async () => {
  using fixture = new Fixture();
  await fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  const fastest = async (name: string) => {
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      const begun = performance.now();
      await fixture.users.verify(name, "wrong password");
      times.push(performance.now() - begun);
    }
    return Math.min(...times);
  };
  const ratio = await fastest("nobody") / await fastest("alice");
  // A refusal without hashing would be a thousand times faster.
  assert.ok(ratio > 1 / 4 && ratio < 4, `ratio ${ratio}`);
});

Deno.test("Users keeps neither the password nor the same hash twice", async () => {
  using fixture = new Fixture();
  await fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  await fixture.users.add("bob", "viewer", PASSWORD, COMMAND_LINE);
  const hashes = fixture.store.all<{ password: string }>("SELECT password FROM users");
  for (const { password } of hashes) {
    assert.match(password, /^scrypt\$8192\$8\$10\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
  }
  assert.notEqual(hashes[0]?.password, hashes[1]?.password);
});

Deno.test("Users.list gives names in order, roles and times, and no passwords", async () => {
  using fixture = new Fixture();
  const before = Date.now();
  await fixture.users.add("bob", "admin", PASSWORD, COMMAND_LINE);
  await fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  const list = fixture.users.list();
  assert.deepEqual(list.map(({ name, role }) => `${name} ${role}`), ["alice viewer", "bob admin"]);
  for (const user of list) {
    assert.deepEqual(Object.keys(user).sort(), [
      "createdAt",
      "disabled",
      "grants",
      "name",
      "role",
      "signedInAt",
    ]);
    assert.ok(Date.parse(user.createdAt) >= before && Date.parse(user.createdAt) <= Date.now());
  }
});

Deno.test("Users.add refuses a taken name and leaves its password as it was", async () => {
  using fixture = new Fixture();
  await fixture.users.add("alice", "admin", PASSWORD, COMMAND_LINE);
  await assert.rejects(
    fixture.users.add("alice", "viewer", "another one", COMMAND_LINE),
    refusedAs("CONFLICT"),
  );
  assert.deepEqual(await fixture.users.verify("alice", PASSWORD), { name: "alice", role: "admin" });
});

Deno.test("Users.add refuses the second of two that add one name at once", async () => {
  using fixture = new Fixture();
  const results = await Promise.allSettled([
    fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE),
    fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE),
  ]);
  const refused = results.filter((result) => result.status === "rejected");
  assert.equal(refused.length, 1);
  assert.ok(refusedAs("CONFLICT")(refused[0]?.reason), String(refused[0]?.reason));
});

const BAD_NAMES = ["", " ", ".hidden", "-flag", "a b", "a\n", "a/b", 'a"b', "ä", "a".repeat(65)];
for (const name of BAD_NAMES) {
  Deno.test(`Users.add refuses the name ${JSON.stringify(name)}`, async () => {
    using fixture = new Fixture();
    await assert.rejects(
      fixture.users.add(name, "viewer", PASSWORD, COMMAND_LINE),
      refusedAs("INVALID_MESSAGE"),
    );
    assert.deepEqual(fixture.users.list(), []);
  });
}

Deno.test("Users.add takes every sort of name that it says it takes", async () => {
  using fixture = new Fixture();
  for (const name of ["a", "7", "a.b_c@d-e", "a".repeat(64)]) {
    await fixture.users.add(name, "viewer", PASSWORD, COMMAND_LINE);
    assert.equal(fixture.users.get(name)?.name, name);
  }
});

for (const length of [0, 7, 1025]) {
  Deno.test(`Users refuses a password of ${length} characters, telling its length only`, async () => {
    using fixture = new Fixture();
    const password = "x".repeat(length);
    const refused = (error: unknown) =>
      refusedAs("INVALID_MESSAGE")(error) && String(error).includes(`has ${length}.`) &&
      !(length > 0 && String(error).includes(password));
    await assert.rejects(fixture.users.add("alice", "viewer", password, COMMAND_LINE), refused);
    await fixture.users.add("bob", "viewer", PASSWORD, COMMAND_LINE);
    await assert.rejects(fixture.users.changePassword("bob", password, COMMAND_LINE), refused);
    assert.ok(await fixture.users.verify("bob", PASSWORD));
  });
}

Deno.test("Users.changePassword replaces the password and ends the user's sessions alone", async () => {
  using fixture = new Fixture();
  const { store, users } = fixture;
  const sessions = new Sessions(store, users, new Tokens(fixture.path), fixture.audit);
  await users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  await users.add("bob", "viewer", PASSWORD, COMMAND_LINE);
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const { token } = await sessions.login("alice", PASSWORD);
  const other = await sessions.loginBrowser("bob", PASSWORD);
  assert.ok(await sessions.fromCookie(cookie) && await sessions.fromToken(token));
  sessions.changedSince(fixture);
  await users.changePassword("alice", "battery staple", COMMAND_LINE);
  assert.equal(await users.verify("alice", PASSWORD), null);
  assert.ok(await users.verify("alice", "battery staple"));
  assert.equal(sessions.changedSince(fixture), true);
  assert.equal(await sessions.fromCookie(cookie), null);
  assert.equal(await sessions.fromToken(token), null);
  assert.equal((await sessions.fromCookie(other))?.user.name, "bob");
});

Deno.test("Users.remove ends the user and all its sessions", async () => {
  using fixture = new Fixture();
  const { store, users } = fixture;
  const sessions = new Sessions(store, users, new Tokens(fixture.path), fixture.audit);
  await users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  assert.ok(await sessions.fromCookie(cookie));
  users.remove("alice", COMMAND_LINE);
  assert.equal(users.get("alice"), undefined);
  assert.equal(await users.verify("alice", PASSWORD), null);
  assert.equal(await sessions.fromCookie(cookie), null);
  assert.deepEqual(store.all("SELECT * FROM sessions"), []);
});

Deno.test("Users.changePassword and remove say that there is no such user", async () => {
  using fixture = new Fixture();
  await assert.rejects(
    fixture.users.changePassword("bob", PASSWORD, COMMAND_LINE),
    refusedAs("NOT_FOUND"),
  );
  assert.throws(() => fixture.users.remove("bob", COMMAND_LINE), refusedAs("NOT_FOUND"));
});

Deno.test("Users.verify answers many at once, each for itself", async () => {
  using fixture = new Fixture();
  await fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  const tries = Array.from(
    { length: 8 },
    (_, index) => fixture.users.verify("alice", index % 2 ? PASSWORD : "wrong"),
  );
  const results = await Promise.all(tries);
  assert.deepEqual(results.map((user) => user !== null), [0, 1, 0, 1, 0, 1, 0, 1].map(Boolean));
});
