import assert from "node:assert/strict";
import { Audit } from "@/services/audit/mod.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { GlassError } from "@/services/errors.ts";
import { Sessions } from "./sessions.ts";
import { Store } from "@/services/store/mod.ts";
import { Tokens } from "./tokens.ts";
import { Users } from "./users.ts";
import { PasswordHashes } from "./password_hash.ts";
import { quickHashes } from "@/tests/services/quick_hashes.ts";

const PASSWORD = "correct horse";

class Fixture implements Disposable {
  readonly #folder = temporaryFolder();
  readonly path = this.#folder.path;
  readonly store = new Store(this.path);
  readonly audit = new Audit(this.store, this.path, 365);
  readonly users: Users;

  constructor(hashes = quickHashes()) {
    this.users = new Users(this.store, this.audit, hashes);
  }

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

Deno.test("Users.verify takes as long for an unknown or disabled user as for a known one", async () => {
  using fixture = new Fixture(new PasswordHashes());
  await fixture.users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  await fixture.users.add("dora", "viewer", PASSWORD, COMMAND_LINE);
  await fixture.users.change("dora", { disabled: true }, COMMAND_LINE);
  const fastest = async (name: string) => {
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      const begun = performance.now();
      await fixture.users.verify(name, name === "dora" ? PASSWORD : "wrong password");
      times.push(performance.now() - begun);
    }
    return Math.min(...times);
  };
  const known = await fastest("alice");
  for (const name of ["nobody", "dora"]) {
    const ratio = await fastest(name) / known;
    // A refusal without hashing would be a thousand times faster.
    assert.ok(ratio > 1 / 4 && ratio < 4, `ratio of ${name} ${ratio}`);
  }
});

Deno.test("Users keeps neither the password nor the same hash twice", async () => {
  using fixture = new Fixture(new PasswordHashes());
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

const WEB1 = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", vm: "web1" };
const DB1 = { uuid: "1cb43bb2-c1c1-4a09-9a63-8a90e9a4b6f9", vm: "db1" };

Deno.test("Users gives a role on all VMs or grants, and the one takes the other's place", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  const access = [{ ...WEB1, role: "operator" }, { ...DB1, role: "viewer" }] as const;
  await users.add("vera", access, PASSWORD, COMMAND_LINE);
  assert.deepEqual(users.get("vera"), {
    name: "vera",
    role: null,
    grants: [{ uuid: DB1.uuid, role: "viewer" }, { uuid: WEB1.uuid, role: "operator" }],
  });
  assert.deepEqual(users.account("vera").grants, [
    { ...DB1, role: "viewer" },
    { ...WEB1, role: "operator" },
  ]);
  await users.change("vera", { access: "viewer" }, COMMAND_LINE);
  assert.deepEqual(users.get("vera"), { name: "vera", role: "viewer" });
  assert.deepEqual(fixture.store.all("SELECT * FROM grants"), []);
  await users.change("vera", { access: [] }, COMMAND_LINE);
  assert.deepEqual(users.get("vera"), { name: "vera", role: null, grants: [] });
});

Deno.test("Users.remove takes the grants along", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  await users.add("vera", [{ ...WEB1, role: "viewer" }], PASSWORD, COMMAND_LINE);
  users.remove("vera", COMMAND_LINE);
  assert.deepEqual(fixture.store.all("SELECT * FROM grants"), []);
  await users.add("vera", [], PASSWORD, COMMAND_LINE);
  assert.deepEqual(users.get("vera")?.grants, []);
});

Deno.test("Users knows no disabled user, until it is enabled again", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  await users.add("alice", "operator", PASSWORD, COMMAND_LINE);
  await users.change("alice", { disabled: true }, COMMAND_LINE);
  assert.equal(users.get("alice"), undefined);
  assert.equal(await users.verify("alice", PASSWORD), null);
  assert.equal(users.account("alice").disabled, true);
  await assert.rejects(
    users.add("alice", "viewer", PASSWORD, COMMAND_LINE),
    refusedAs("CONFLICT"),
  );
  await users.change("alice", { disabled: false }, COMMAND_LINE);
  assert.ok(await users.verify("alice", PASSWORD));
});

Deno.test("Users.change does all of a change or nothing", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  await users.add("root", "admin", PASSWORD, COMMAND_LINE);
  await users.add("alice", "operator", PASSWORD, COMMAND_LINE);
  const twice = [{ ...WEB1, role: "viewer" }, { ...WEB1, role: "admin" }] as const;
  await assert.rejects(
    users.change("alice", { access: twice, disabled: true }, COMMAND_LINE),
    refusedAs("INVALID_MESSAGE"),
  );
  assert.deepEqual(users.get("alice"), { name: "alice", role: "operator" });
  await assert.rejects(
    users.change("root", { access: "viewer", password: "battery staple" }, COMMAND_LINE),
    refusedAs("CONFLICT"),
  );
  assert.deepEqual(await users.verify("root", PASSWORD), { name: "root", role: "admin" });
});

Deno.test("Users keeps the last admin that can sign in", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  assert.equal(users.hasAdmin, false);
  await users.add("root", "admin", PASSWORD, COMMAND_LINE);
  await users.add("ada", "admin", PASSWORD, COMMAND_LINE);
  await users.change("ada", { disabled: true }, COMMAND_LINE);
  const takeAway: (() => Promise<void>)[] = [
    () => users.change("root", { disabled: true }, COMMAND_LINE),
    () => users.change("root", { access: "operator" }, COMMAND_LINE),
    () => users.change("root", { access: [{ ...WEB1, role: "admin" }] }, COMMAND_LINE),
    // deno-lint-ignore require-await
    async () => users.remove("root", COMMAND_LINE),
  ];
  for (const attempt of takeAway) await assert.rejects(attempt, refusedAs("CONFLICT"));
  assert.equal(users.hasAdmin, true);
  await users.change("ada", { disabled: false }, COMMAND_LINE);
  users.remove("root", COMMAND_LINE);
  await assert.rejects(takeAway[0]!, refusedAs("NOT_FOUND"));
  assert.equal(users.hasAdmin, true);
});

Deno.test("Users.onChange tells of every change, once it is done, and of no refusal", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  const seen: unknown[] = [];
  users.onChange(() => seen.push(users.get("alice")?.role));
  await users.add("alice", "operator", PASSWORD, COMMAND_LINE);
  await users.change("alice", { access: "viewer" }, COMMAND_LINE);
  await assert.rejects(users.change("bob", { disabled: true }, COMMAND_LINE));
  await users.change("alice", { disabled: true }, COMMAND_LINE);
  users.remove("alice", COMMAND_LINE);
  assert.deepEqual(seen, ["operator", "viewer", undefined, undefined]);
});

Deno.test("Users.noteSignIn is what an account's last sign-in tells", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  await users.add("alice", "viewer", PASSWORD, COMMAND_LINE);
  assert.equal(users.account("alice").signedInAt, null);
  const before = Date.now();
  users.noteSignIn("alice");
  assert.ok(Date.parse(users.account("alice").signedInAt!) >= before);
});
