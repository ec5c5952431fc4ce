import assert from "node:assert/strict";
import { Audit } from "@/services/audit/mod.ts";
import { COMMAND_LINE } from "@/services/identity/actor.ts";
import { later } from "@/tests/services/identity.ts";
import { otherProcess } from "@/tests/services/other_process.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { GlassError } from "@/services/errors.ts";
import { MOST_SPENT } from "./session_rows.ts";
import { SessionRows } from "./session_rows.ts";
import { Sessions, TOKEN_LIFETIME } from "./sessions.ts";
import { Store } from "@/services/store/mod.ts";
import { Tokens } from "./tokens.ts";
import { Users } from "./users.ts";
import { quickHashes } from "@/tests/services/quick_hashes.ts";

const PASSWORD = "correct horse";

/** Sessions on a store of their own, with the user "alice". */
class Fixture implements Disposable {
  readonly #folder = temporaryFolder();
  readonly path = this.#folder.path;
  readonly store = new Store(this.path);
  readonly audit = new Audit(this.store, this.path, 365);
  readonly users = new Users(this.store, this.audit, quickHashes());
  readonly tokens = new Tokens(this.path);
  readonly sessions = new Sessions(this.store, this.users, this.tokens, this.audit);

  static async create(): Promise<Fixture> {
    const fixture = new Fixture();
    await fixture.users.add("alice", "operator", PASSWORD, COMMAND_LINE);
    return fixture;
  }

  /** Changes the store as another process would: over a connection of its own. */
  elsewhere(sql: string, ...values: (string | number)[]): void {
    using store = new Store(this.path);
    assert.ok(store.run(sql, ...values) > 0, "the other process changed nothing");
  }

  [Symbol.dispose](): void {
    this.audit[Symbol.dispose]();
    this.store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}

const unauthenticated = (error: unknown) =>
  error instanceof GlassError && error.code === "UNAUTHENTICATED";

Deno.test("Sessions.login gives a token that identifies its user until it expires", async () => {
  using fixture = await Fixture.create();
  const before = Date.now();
  const login = await fixture.sessions.login("alice", PASSWORD);
  assert.deepEqual(login.user, { name: "alice", role: "operator" });
  assert.equal(login.expiresIn, TOKEN_LIFETIME);
  const session = await fixture.sessions.fromToken(login.token);
  assert.deepEqual({ ...session?.user }, login.user);
  assert.ok(session);
  // JWT counts whole seconds.
  assert.ok(session.expiresAt > before + (TOKEN_LIFETIME - 1) * 1000);
  assert.ok(session.expiresAt <= Date.now() + TOKEN_LIFETIME * 1000);
});

Deno.test("Sessions refuses a wrong password and an unknown user in the same words", async () => {
  using fixture = await Fixture.create();
  const messages = new Set<string>();
  for (const [name, password] of [["alice", "wrong password"], ["bob", PASSWORD]] as const) {
    for (const login of ["login", "loginBrowser"] as const) {
      await assert.rejects(fixture.sessions[login](name, password), (error: Error) => {
        messages.add(error.message);
        return unauthenticated(error);
      });
    }
  }
  assert.equal(messages.size, 1);
  assert.deepEqual(fixture.store.all("SELECT * FROM sessions"), []);
});

Deno.test("Sessions.loginBrowser gives a cookie that identifies its user for a week", async () => {
  using fixture = await Fixture.create();
  const cookie = await fixture.sessions.loginBrowser("alice", PASSWORD);
  const session = await fixture.sessions.fromCookie(cookie);
  assert.equal(session?.user.name, "alice");
  const left = session.expiresAt - Date.now();
  const { lifetime } = fixture.sessions.settings;
  assert.equal(lifetime, 7 * 24 * 3600);
  assert.ok(left > (lifetime - 60) * 1000 && left <= lifetime * 1000);
  // The second time it comes from memory.
  assert.deepEqual(await fixture.sessions.fromCookie(cookie), session);
});

Deno.test("Sessions keeps hashes of its secrets only", async () => {
  using fixture = await Fixture.create();
  const cookie = await fixture.sessions.loginBrowser("alice", PASSWORD);
  const { token, refreshToken } = await fixture.sessions.login("alice", PASSWORD);
  const rows = JSON.stringify(fixture.store.all("SELECT * FROM sessions"));
  for (const secret of [cookie, token, refreshToken]) assert.ok(!rows.includes(secret));
});

Deno.test("Sessions takes none of its secrets for another", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const { token, refreshToken } = await sessions.login("alice", PASSWORD);
  assert.equal(await sessions.fromCookie(token), null);
  assert.equal(await sessions.fromCookie(refreshToken), null);
  assert.equal(await sessions.fromToken(cookie), null);
  assert.equal(await sessions.fromToken(refreshToken), null);
  await assert.rejects(sessions.refresh(cookie, null), unauthenticated);
  await assert.rejects(sessions.refresh(token, null), unauthenticated);
});

Deno.test("Sessions.identify reads the given token, the Bearer header, then the cookie", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const { token } = await sessions.login("alice", PASSWORD);
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const ask = (headers: Record<string, string>, queryToken: string | null = null) =>
    sessions.identify(new Request("http://127.0.0.1/", { headers }), queryToken);
  assert.equal(await ask({}), null);
  assert.ok(await ask({}, token));
  assert.ok(await ask({ authorization: `Bearer ${token}` }));
  assert.ok(await ask({ authorization: `bearer ${token}` }));
  assert.ok(await ask({ cookie: `virtglass=${cookie}` }));
  assert.equal(await ask({ authorization: `Basic ${token}` }), null);
  // Who shows a bad token is refused, whatever cookie comes along.
  assert.equal(await ask({ cookie: `virtglass=${cookie}` }, "forged"), null);
  assert.equal(await ask({ cookie: `virtglass=${cookie}` }, ""), null);
  assert.equal(
    await ask({ cookie: `virtglass=${cookie}`, authorization: "Bearer forged" }),
    null,
  );
});

Deno.test("Sessions.logout ends the cookie, the token and the refresh token", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const browser = await sessions.fromCookie(cookie);
  assert.ok(browser);
  sessions.logout(browser, COMMAND_LINE);
  assert.equal(await sessions.fromCookie(cookie), null);
  assert.equal(sessions.current(browser), null);

  const { token, refreshToken } = await sessions.login("alice", PASSWORD);
  const api = await sessions.fromToken(token);
  assert.ok(api);
  sessions.logout(api, COMMAND_LINE);
  assert.equal(await sessions.fromToken(token), null);
  await assert.rejects(sessions.refresh(refreshToken, null), unauthenticated);
});

Deno.test("Sessions.logout ends one session and no other of the same user", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const [one, two] = [
    await sessions.loginBrowser("alice", PASSWORD),
    await sessions.loginBrowser("alice", PASSWORD),
  ];
  sessions.logout((await sessions.fromCookie(one))!, COMMAND_LINE);
  assert.equal((await sessions.fromCookie(two))?.user.name, "alice");
});

Deno.test("Sessions.refresh rotates: the new pair is good, the old refresh token is spent", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const first = await sessions.login("alice", PASSWORD);
  const second = await sessions.refresh(first.refreshToken, null);
  assert.notEqual(second.refreshToken, first.refreshToken);
  const [before, after] = [
    await sessions.fromToken(first.token),
    await sessions.fromToken(second.token),
  ];
  assert.ok(after && before?.id === after.id);
  await sessions.refresh(second.refreshToken, null);
});

Deno.test("Sessions.refresh gives two that ask at once the same pair, which is good once", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const { refreshToken } = await sessions.login("alice", PASSWORD);
  const [one, two] = await Promise.all([
    sessions.refresh(refreshToken, null),
    sessions.refresh(refreshToken, null),
  ]);
  assert.deepEqual(one, two);
  assert.ok(await sessions.fromToken(one.token));
  await sessions.refresh(one.refreshToken, null);
  await assert.rejects(sessions.refresh(two.refreshToken, null), unauthenticated);
});

Deno.test("Sessions.refresh ends the session when a spent token comes again, however old", async () => {
  for (const again of [0, 1, 2]) {
    using fixture = await Fixture.create();
    const { sessions } = fixture;
    const other = await sessions.login("alice", PASSWORD);
    const family = [await sessions.login("alice", PASSWORD)];
    for (let n = 0; n < 3; n++) {
      family.push(await sessions.refresh(family.at(-1)!.refreshToken, null));
    }
    const asker = {};
    sessions.changedSince(asker);
    const session = (await sessions.fromToken(family[3]!.token))!;
    await assert.rejects(sessions.refresh(family[again]!.refreshToken, null), unauthenticated);
    // What tells open sockets to look, and what they find.
    assert.equal(sessions.changedSince(asker), true);
    assert.equal(sessions.current(session), null);
    for (const { token } of family) assert.equal(await sessions.fromToken(token), null);
    await assert.rejects(sessions.refresh(family[3]!.refreshToken, null), unauthenticated);
    assert.ok(await sessions.fromToken(other.token), "another session of the same user goes on");
  }
});

Deno.test("Sessions.refresh keeps the newest of a session's spent tokens, and all of other sessions", async () => {
  using fixture = await Fixture.create();
  const { sessions, store } = fixture;
  const other = await sessions.login("alice", PASSWORD);
  await sessions.refresh(other.refreshToken, null);
  const login = await sessions.login("alice", PASSWORD);
  const { id } = (await sessions.fromToken(login.token))!;
  const oldest = await sessions.refresh(login.refreshToken, null);
  fixture.elsewhere(
    `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
     INSERT INTO spent_tokens (hash, session) SELECT 'spent ' || n, ? FROM n`,
    MOST_SPENT,
    id,
  );
  const newest = await sessions.refresh(oldest.refreshToken, null);
  const kept = store.all<{ hash: string }>(
    "SELECT hash FROM spent_tokens WHERE session = ? ORDER BY rowid",
    id,
  );
  assert.deepEqual([kept.length, kept[0]?.hash], [MOST_SPENT, "spent 2"]);
  // One that is forgotten is refused, and ends nothing; one that is known still ends the session.
  await assert.rejects(sessions.refresh(login.refreshToken, null), unauthenticated);
  assert.ok(await sessions.fromToken(newest.token));
  await assert.rejects(sessions.refresh(oldest.refreshToken, null), unauthenticated);
  assert.equal(await sessions.fromToken(newest.token), null);
  await assert.rejects(sessions.refresh(other.refreshToken, null), unauthenticated);
  assert.equal(await sessions.fromToken(other.token), null);
});

Deno.test("Sessions.refresh knows a spent token after a restart", async () => {
  using fixture = await Fixture.create();
  const first = await fixture.sessions.login("alice", PASSWORD);
  const second = await fixture.sessions.refresh(first.refreshToken, null);
  const later = new Sessions(fixture.store, fixture.users, new Tokens(fixture.path), fixture.audit);
  await assert.rejects(later.refresh(first.refreshToken, null), unauthenticated);
  await assert.rejects(later.refresh(second.refreshToken, null), unauthenticated);
});

Deno.test("Sessions refuses whatever belongs to a session that has expired", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const { token, refreshToken } = await sessions.login("alice", PASSWORD);
  const session = (await sessions.fromCookie(cookie))!;
  fixture.elsewhere("UPDATE sessions SET expires_at = ?", Date.now() - 1);
  assert.equal(await sessions.fromCookie(cookie), null);
  assert.equal(await sessions.fromToken(token), null);
  await assert.rejects(sessions.refresh(refreshToken, null), unauthenticated);
  // An open socket counts by a clock of its own.
  assert.equal(sessions.current(session)?.user.name, "alice");
});

Deno.test("Sessions.current is null for what expired by itself, though its session lives", async () => {
  using fixture = await Fixture.create();
  const { token } = await fixture.sessions.login("alice", PASSWORD);
  const session = await fixture.sessions.fromToken(token);
  assert.ok(session && fixture.sessions.current(session));
  assert.equal(fixture.sessions.current({ ...session, expiresAt: Date.now() - 1 }), null);
});

Deno.test("Sessions clears expired rows away at the next login", async () => {
  using fixture = await Fixture.create();
  await fixture.sessions.loginBrowser("alice", PASSWORD);
  fixture.elsewhere("UPDATE sessions SET expires_at = 1");
  await fixture.sessions.loginBrowser("alice", PASSWORD);
  assert.equal(fixture.store.all("SELECT * FROM sessions").length, 1);
});

Deno.test("Sessions notices a role and a removal that another process writes", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const { token } = await sessions.login("alice", PASSWORD);
  assert.equal((await sessions.fromCookie(cookie))?.user.role, "operator");
  fixture.elsewhere("UPDATE users SET role = 'viewer' WHERE name = 'alice'");
  assert.equal((await sessions.fromCookie(cookie))?.user.role, "viewer");
  assert.equal((await sessions.fromToken(token))?.user.role, "viewer");
  fixture.elsewhere("DELETE FROM users WHERE name = 'alice'");
  assert.equal(await sessions.fromCookie(cookie), null);
  assert.equal(await sessions.fromToken(token), null);
});

Deno.test("Sessions.changedSince tells each asker once of a change by another process", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const [one, two] = [{}, {}];
  sessions.changedSince(one);
  sessions.changedSince(two);
  assert.equal(sessions.changedSince(one), false);
  await using other = otherProcess(`
    const { Store } = await import(${
    JSON.stringify(import.meta.resolve("@/services/store/mod.ts"))
  });
    const { Users } = await import(${JSON.stringify(import.meta.resolve("./users.ts"))});
    using store = new Store(${JSON.stringify(fixture.path)});
    const { Audit } = await import(${
    JSON.stringify(import.meta.resolve("@/services/audit/mod.ts"))
  });
    const audit = new Audit(store, ${JSON.stringify(fixture.path)}, 365);
    const actor = { user: null, address: null };
    await new Users(store, audit).changePassword("alice", "battery staple", actor);
    console.log("changed");
  `);
  assert.equal(await other.said, "changed");
  assert.deepEqual([sessions.changedSince(one), sessions.changedSince(one)], [true, false]);
  assert.deepEqual([sessions.changedSince(two), sessions.changedSince(two)], [true, false]);
});

Deno.test("Sessions.changedSince with patience looks at the store now and then, at users always", async () => {
  using fixture = await Fixture.create();
  const { sessions, users } = fixture;
  const [asker, other] = [{}, {}];
  const hour = 3_600_000;
  sessions.changedSince(asker);
  sessions.changedSince(other);
  fixture.elsewhere("UPDATE users SET role = 'viewer'");
  // One look is good for everybody.
  assert.equal(sessions.changedSince(asker, hour), false);
  assert.equal(sessions.changedSince(other, hour), false);
  assert.equal(sessions.changedSince(asker, 0), true);
  await users.changePassword("alice", "battery staple", COMMAND_LINE);
  assert.equal(sessions.changedSince(asker, hour), true);
  assert.equal(sessions.changedSince(asker, hour), false);
});

Deno.test("Sessions.fromToken refuses a good token of a session that does not exist", async () => {
  using fixture = await Fixture.create();
  const claims = { sid: "invented", expiresAt: Date.now() + 60_000 };
  const token = await fixture.tokens.sign("alice", claims);
  assert.equal(await fixture.sessions.fromToken(token), null);
});

Deno.test("Sessions.login under way makes no session of a password that is changed meanwhile", async () => {
  using fixture = await Fixture.create();
  const { sessions, users, store } = fixture;
  const change = () =>
    fixture.elsewhere("UPDATE users SET password = ? WHERE name = 'alice'", crypto.randomUUID());
  const original = store.get<{ password: string }>("SELECT password FROM users")!.password;
  const restore = () => store.run("UPDATE users SET password = ?", original);

  const whileItIsHashed = sessions.login("alice", PASSWORD);
  change();
  await assert.rejects(whileItIsHashed, /Name or password is not right/);

  restore();
  const verify = users.verify.bind(users);
  users.verify = async (name, password) => {
    const user = await verify(name, password);
    change();
    return user;
  };
  await assert.rejects(sessions.login("alice", PASSWORD), /Your password was changed/);
  restore();
  await assert.rejects(sessions.loginBrowser("alice", PASSWORD), /Your password was changed/);
  assert.deepEqual(sessions.list("alice"), []);
});

Deno.test("Sessions.still tells of a session that another process ended", async () => {
  using fixture = await Fixture.create();
  const { sessions } = fixture;
  const session = await sessions.fromToken((await sessions.login("alice", PASSWORD)).token);
  assert.equal(sessions.still(session!).user.name, "alice");
  fixture.elsewhere("DELETE FROM sessions");
  assert.throws(() => sessions.still(session!), unauthenticated);
});

Deno.test("Sessions of a user are a thousand at most: who signs in once more ends the one used longest ago", async () => {
  using fixture = await Fixture.create();
  const { sessions, store } = fixture;
  const first = await sessions.login("alice", PASSWORD);
  assert.ok(await sessions.fromToken(first.token));
  const rows = new SessionRows(store);
  const [now, nobody] = [Date.now(), { address: null, device: null }];
  for (let count = 1; count < 1000; count++) {
    rows.add("alice", { cookie: null, refresh: null }, nobody, now + count, now + 3_600_000);
  }
  assert.equal(sessions.list("alice").length, 1000);
  await later(2_000, async () => {
    const last = await sessions.login("alice", PASSWORD);
    assert.ok(await sessions.fromToken(last.token));
  });
  assert.equal(await sessions.fromToken(first.token), null);
  assert.equal(sessions.list("alice").length, 1000);
});
