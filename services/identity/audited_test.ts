import assert from "node:assert/strict";
import { GlassError } from "@/services/errors.ts";
import { configureLog } from "@/services/log.ts";
import { ALICE, AuditFixture } from "@/tests/services/audit_fixture.ts";
import { Sessions } from "./sessions.ts";
import { Tokens } from "./tokens.ts";
import { codeAt, stepAt } from "./totp.ts";
import { Users } from "./users.ts";
import { quickHashes } from "@/tests/services/quick_hashes.ts";

await configureLog("json", "info");

const PASSWORD = "correct horse 42";
const FROM = { address: "192.0.2.9", device: "Firefox on Linux" };
const [WEB, DB] = ["web1", "db1"].map((vm, index) => ({
  uuid: `6695eb01-f6a4-8304-79aa-97f2502e193${index}`,
  vm,
})) as [{ uuid: string; vm: string }, { uuid: string; vm: string }];

/** An audit log, and what it is told by. */
class Fixture extends AuditFixture {
  readonly users = new Users(this.store, this.audit, quickHashes());
  readonly sessions = new Sessions(this.store, this.users, new Tokens(this.path), this.audit);

  /** The records since the last time. */
  get news() {
    const news = this.records.slice(this.#told);
    this.#told += news.length;
    return news;
  }
  #told = 0;

  get told(): string[] {
    return this.news.map(({ kind, subject, vm, result, detail }) =>
      [kind, subject, vm?.name, result, JSON.stringify(detail)].filter(Boolean).join(" ")
    );
  }
}

const unavailable = (error: unknown) =>
  error instanceof GlassError && error.code === "AUDIT_UNAVAILABLE";

Deno.test("every change of a user is recorded, and a grant for each VM", async () => {
  using fixture = new Fixture();
  const { users } = fixture;
  await users.add("bob", "viewer", PASSWORD, ALICE);
  assert.deepEqual(fixture.told, ['user.add bob ok {"role":"viewer"}']);
  await users.change("bob", {
    access: [{ ...WEB, role: "operator" }, { ...DB, role: "viewer" }],
  }, ALICE);
  assert.deepEqual(fixture.told, [
    'user.change bob ok {"role":"single VMs"}',
    'grant.set bob web1 ok {"role":"operator"}',
    'grant.set bob db1 ok {"role":"viewer"}',
  ]);
  await users.change("bob", { access: [{ ...WEB, role: "operator" }], disabled: true }, ALICE);
  assert.deepEqual(fixture.told, [
    'user.change bob ok {"disabled":true,"role":"single VMs"}',
    "grant.remove bob db1 ok {}",
  ]);
  await users.changePassword("bob", "another horse 43", ALICE);
  assert.deepEqual(fixture.told, ["user.password bob ok {}"]);
  users.remove("bob", ALICE);
  assert.deepEqual(fixture.told, ["user.remove bob ok {}"]);
  assert.throws(() => users.remove("bob", ALICE), { code: "NOT_FOUND" });
  assert.deepEqual(fixture.told, ['user.remove bob failed {"code":"NOT_FOUND"}']);
  assert.ok(fixture.records.every(({ user, address }) => user === "alice" && address !== null));
  assert.deepEqual(fixture.faults, []);
});

Deno.test("sign-ins, sessions, tokens and second factors are recorded", async () => {
  using fixture = new Fixture();
  const { users, sessions } = fixture;
  await users.add("alice", "admin", PASSWORD, ALICE);
  void fixture.news;
  const { token, refreshToken } = await sessions.login("alice", PASSWORD, FROM);
  const [signedIn] = fixture.news;
  assert.deepEqual(
    [signedIn?.kind, signedIn?.user, signedIn?.address, signedIn?.detail.device],
    ["sign_in", "alice", FROM.address, FROM.device],
  );
  await sessions.refresh(refreshToken, "192.0.2.10");
  await assert.rejects(sessions.refresh(refreshToken, "203.0.113.1"));
  const [renewed, ended] = fixture.news;
  assert.deepEqual([renewed?.kind, renewed?.address], ["session.refresh", "192.0.2.10"]);
  assert.deepEqual(
    [ended?.kind, ended?.user, ended?.subject, ended?.detail.from],
    ["session.end", "(automatic)", "alice", "203.0.113.1"],
  );
  const cookie = await sessions.loginBrowser("alice", PASSWORD, FROM);
  const session = (await sessions.fromCookie(cookie))!;
  const text = await sessions.apiTokens.create(
    session.user,
    { name: "backup", role: "viewer", days: 7 },
    ALICE,
  );
  const { id } = sessions.apiTokens.list("alice")[0]!;
  sessions.apiTokens.revoke("alice", id, ALICE);
  const { secondFactors } = sessions;
  const secret = secondFactors.begin(session.id, "alice");
  const code = await codeAt(Uint8Array.from(secret), stepAt(Date.now()));
  const recovery = (await secondFactors.confirm(session.id, "alice", code, ALICE))!;
  recovery.push(...await secondFactors.renewRecovery("alice", ALICE));
  assert.equal(secondFactors.turnOff("alice", ALICE), true);
  assert.equal(secondFactors.turnOff("alice", ALICE), false);
  sessions.endOthers(session, ALICE);
  sessions.logout(session, ALICE);
  assert.deepEqual(fixture.told.map((line) => line.split(" ")[0]), [
    "sign_in",
    "api_token.add",
    "api_token.remove",
    "totp.enable",
    "recovery_codes.make",
    "totp.disable",
    "session.end",
    "sign_out",
  ]);
  const made = fixture.records.find(({ kind }) => kind === "api_token.add");
  assert.deepEqual(made?.detail, { days: 7, name: "backup", role: "viewer", token: id });
  const everything = JSON.stringify(fixture.records);
  for (const secret of [token, refreshToken, cookie, text, PASSWORD, ...recovery]) {
    assert.ok(!everything.includes(secret));
  }
});

Deno.test("SignIn.confirm records a wrong password, and nothing of a right one", async () => {
  using fixture = new Fixture();
  const { users, sessions } = fixture;
  await users.add("alice", "admin", PASSWORD, ALICE);
  fixture.told;
  await sessions.signIn.confirm("alice", PASSWORD, ALICE);
  await assert.rejects(sessions.signIn.confirm("alice", "wrong horse", ALICE));
  assert.deepEqual(fixture.told, ['password.confirm failed {"code":"UNAUTHENTICATED"}']);
});

Deno.test("what cannot be recorded of users and sessions is not changed", async () => {
  using fixture = new Fixture();
  const { users, sessions } = fixture;
  await users.add("alice", "admin", PASSWORD, ALICE);
  await users.add("bob", [{ ...WEB, role: "viewer" }], PASSWORD, ALICE);
  const { token, refreshToken } = await sessions.login("bob", PASSWORD, FROM);
  const before = JSON.stringify(users.list());
  fixture.break();
  const attempts = [
    () => users.add("carol", "viewer", PASSWORD, ALICE),
    () => users.change("bob", { access: "admin" }, ALICE),
    () => users.change("bob", { disabled: true }, ALICE),
    () => users.changePassword("bob", "another horse 43", ALICE),
    async () => await users.remove("bob", ALICE),
    () => sessions.login("alice", PASSWORD, FROM),
    async () => await sessions.end("bob", sessions.list("bob")[0]!.id, ALICE),
  ];
  for (const attempt of attempts) await assert.rejects(attempt, unavailable);
  assert.equal(JSON.stringify(users.list()), before);
  // Watching goes on, and whoever wants to be out is let out.
  const session = await sessions.fromToken(token);
  assert.equal(session?.user.name, "bob");
  assert.ok(await sessions.refresh(refreshToken, FROM.address));
  sessions.logout(session!, ALICE);
  assert.equal(await sessions.fromToken(token), null);
});
