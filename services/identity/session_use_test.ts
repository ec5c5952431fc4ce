import assert from "node:assert/strict";
import { GlassError } from "@/services/errors.ts";
import { Store } from "@/services/store/mod.ts";
import { Identity, later, PASSWORD } from "@/tests/services/identity.ts";
import { COMMAND_LINE } from "./actor.ts";

const HOUR = 3_600_000;
const SETTINGS = { lifetime: 24 * 3600, idle: 3600, queryToken: "any" } as const;
const FIREFOX = { address: "192.0.2.7", device: "Firefox on Linux" };

Deno.test("Sessions end when nobody uses them for as long as sessions.idle says", async () => {
  using identity = await Identity.create(SETTINGS);
  const { sessions } = identity;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const { refreshToken } = await sessions.login("alice", PASSWORD);
  await later(HOUR - 60_000, async () => assert.ok(await sessions.fromCookie(cookie)));
  // That was a use of the one, and the other has had none.
  await later(HOUR + 60_000, async () => {
    assert.ok(await sessions.fromCookie(cookie));
    await assert.rejects(sessions.refresh(refreshToken, null), /sign in again/);
    assert.equal(sessions.list("alice").length, 1);
  });
  await later(3 * HOUR, async () => {
    assert.equal(await sessions.fromCookie(cookie), null);
    assert.deepEqual(sessions.list("alice"), []);
  });
});

Deno.test("Sessions end after sessions.lifetime, however much they are used", async () => {
  using identity = await Identity.create(SETTINGS);
  const { sessions } = identity;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  for (let hour = 0.5; hour < 24; hour += 0.5) {
    await later(hour * HOUR, async () => assert.ok(await sessions.fromCookie(cookie), `${hour} h`));
  }
  await later(24 * HOUR + 1, async () => assert.equal(await sessions.fromCookie(cookie), null));
});

Deno.test("Sessions.use keeps a session that a socket alone uses, and it is written down", async () => {
  using identity = await Identity.create(SETTINGS);
  const { sessions } = identity;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const session = (await sessions.fromCookie(cookie))!;
  for (let minute = 1; minute <= 180; minute++) {
    await later(minute * 60_000, () => sessions.use(session));
  }
  await later(3 * HOUR + 1, async () => {
    assert.ok(await sessions.fromCookie(cookie));
    // Another start of the server knows of it too.
    using store = new Store(identity.path);
    const row = store.get<{ used_at: number }>("SELECT used_at FROM sessions");
    assert.ok(Date.now() - row!.used_at < 120_000);
  });
});

Deno.test("Sessions reads the store once, and again when something changed, not for each request", async () => {
  using identity = await Identity.create();
  const { sessions, store } = identity;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const { token } = await sessions.login("alice", PASSWORD);
  const user = identity.users.get("alice")!;
  const wanted = { name: "backup", role: "viewer", days: 1 } as const;
  const apiToken = await sessions.apiTokens.create(user, wanted, COMMAND_LINE);
  const ask = async () => {
    assert.ok(await sessions.fromCookie(cookie));
    assert.ok(await sessions.fromToken(token));
    const session = await sessions.fromToken(apiToken);
    assert.ok(session && sessions.current(session));
    sessions.use(session);
  };
  await ask();
  const { get, all, run } = store;
  const read: string[] = [];
  const refuse = (sql: string) => {
    read.push(sql);
    throw new Error(`asked the store: ${sql}`);
  };
  Object.assign(store, { get: refuse, all: refuse, run: refuse, dataVersion: () => version });
  const version = 1;
  try {
    await assert.rejects(ask(), /asked the store/, "the first with another version looks");
    Object.assign(store, { get: get.bind(store), all: all.bind(store), run: run.bind(store) });
    await ask();
    Object.assign(store, { get: refuse, all: refuse, run: refuse });
    read.length = 0;
    for (let n = 0; n < 100; n++) await ask();
    assert.deepEqual(read, []);
  } finally {
    for (const name of ["get", "all", "run", "dataVersion"]) Reflect.deleteProperty(store, name);
  }
});

Deno.test("Sessions.list tells where and when each session began and was used", async () => {
  using identity = await Identity.create();
  const { sessions } = identity;
  await sessions.loginBrowser("alice", PASSWORD, FIREFOX);
  await sessions.login("alice", PASSWORD, { address: "::1", device: "curl/8" });
  await identity.users.add("bob", "viewer", PASSWORD, COMMAND_LINE);
  await sessions.login("bob", PASSWORD);
  const list = sessions.list("alice").toSorted((a, b) => b.browser - a.browser);
  assert.deepEqual(list.map(({ browser, address, device }) => [browser, address, device]), [
    [1, "192.0.2.7", "Firefox on Linux"],
    [0, "::1", "curl/8"],
  ]);
  for (const { createdAt, usedAt, expiresAt } of list) {
    assert.ok(createdAt <= usedAt && usedAt <= Date.now() && expiresAt > usedAt);
  }
});

Deno.test("Sessions.end ends one of a user's own sessions, and no other's", async () => {
  using identity = await Identity.create();
  const { sessions } = identity;
  const [one, two] = [
    await sessions.loginBrowser("alice", PASSWORD),
    await sessions.loginBrowser("alice", PASSWORD),
  ];
  const { id } = (await sessions.fromCookie(one))!;
  const notFound = (error: unknown) => error instanceof GlassError && error.code === "NOT_FOUND";
  assert.throws(() => sessions.end("bob", id, COMMAND_LINE), notFound);
  const asker = {};
  sessions.changedSince(asker);
  sessions.end("alice", id, COMMAND_LINE);
  assert.equal(sessions.changedSince(asker), true);
  assert.equal(await sessions.fromCookie(one), null);
  assert.ok(await sessions.fromCookie(two));
  assert.throws(() => sessions.end("alice", id, COMMAND_LINE), notFound);
});

Deno.test("Sessions.endOthers ends all but the one that asks", async () => {
  using identity = await Identity.create();
  const { sessions, users } = identity;
  await users.add("bob", "viewer", PASSWORD, COMMAND_LINE);
  const bob = await sessions.loginBrowser("bob", PASSWORD);
  const cookies = [];
  for (let n = 0; n < 3; n++) cookies.push(await sessions.loginBrowser("alice", PASSWORD));
  const { token } = await sessions.login("alice", PASSWORD);
  const own = (await sessions.fromCookie(cookies[1]!))!;
  assert.equal(sessions.endOthers(own, COMMAND_LINE), 3);
  const left = await Promise.all(cookies.map((cookie) => sessions.fromCookie(cookie)));
  assert.deepEqual(left.map((session) => session !== null), [false, true, false]);
  assert.equal(await sessions.fromToken(token), null);
  assert.ok(await sessions.fromCookie(bob));
});

Deno.test("SignIn.confirm takes the password, and after ten wrong ones nothing for a while", async () => {
  using identity = await Identity.create();
  const { signIn } = identity.sessions;
  await signIn.confirm("alice", PASSWORD, COMMAND_LINE);
  const tries = await Promise.allSettled(
    Array.from({ length: 12 }, () => signIn.confirm("alice", "wrong", COMMAND_LINE)),
  );
  const codes = tries.map((one) => one.status === "rejected" ? one.reason.code : "taken");
  assert.equal(codes.filter((code) => code === "UNAUTHENTICATED").length, 10);
  assert.equal(codes.filter((code) => code === "RATE_LIMITED").length, 2);
  await assert.rejects(signIn.confirm("alice", PASSWORD, COMMAND_LINE), /Too many wrong passwords/);
});

Deno.test("Sessions.fromCookie with patience trusts the last look at what other processes wrote", async () => {
  using identity = await Identity.create({ patience: HOUR });
  const { sessions, users } = identity;
  const cookie = await sessions.loginBrowser("alice", PASSWORD);
  const role = async () => (await sessions.fromCookie(cookie))?.user.role;
  assert.equal(await role(), "operator");
  {
    using elsewhere = new Store(identity.path);
    elsewhere.run("UPDATE users SET role = 'viewer'");
  }
  assert.equal(await role(), "operator");
  // Whoever looks looks for all, and what changes here is never waited for.
  sessions.changedSince({});
  assert.equal(await role(), "viewer");
  await users.change("alice", { disabled: true }, COMMAND_LINE);
  assert.equal(await role(), undefined);
});
