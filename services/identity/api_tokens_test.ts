import assert from "node:assert/strict";
import type { Role, User } from "@/protocol/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { COMMAND_LINE } from "./actor.ts";
import { capped, rolesUpTo } from "./capped.ts";
import { may } from "./policy.ts";
import { Identity, later, PASSWORD } from "@/tests/services/identity.ts";

const refusedAs = (code: string) => (error: unknown) =>
  error instanceof GlassError && error.code === code;
const DAY = 24 * 3600 * 1000;

/** A token of alice's, who is an operator. */
function create(identity: Identity, { name = "backup", role = "viewer" as Role, days = 30 } = {}) {
  const user = identity.users.get("alice")!;
  return identity.sessions.apiTokens.create(user, { name, role, days }, COMMAND_LINE);
}

Deno.test("APITokens: a token is its user with the lower of both roles", async () => {
  using identity = await Identity.create();
  const { sessions, users } = identity;
  const viewing = await create(identity, { name: "a", role: "viewer" });
  const operating = await create(identity, { name: "b", role: "operator" });
  await users.add("root", "admin", PASSWORD, COMMAND_LINE);
  const role = async (token: string) => (await sessions.fromToken(token))?.user.role;
  assert.deepEqual([await role(viewing), await role(operating)], ["viewer", "operator"]);
  await users.change("alice", { access: "admin" }, COMMAND_LINE);
  assert.deepEqual([await role(viewing), await role(operating)], ["viewer", "operator"]);
  await users.change("alice", { access: "viewer" }, COMMAND_LINE);
  assert.deepEqual([await role(viewing), await role(operating)], ["viewer", "viewer"]);
});

Deno.test("APITokens: a token of a user with grants has those, lowered each", async () => {
  using identity = await Identity.create();
  const { sessions, users } = identity;
  const uuid = (n: number) => `00000000-0000-0000-0000-00000000000${n}`;
  const access = [
    { uuid: uuid(1), vm: "web1", role: "operator" as const },
    { uuid: uuid(2), vm: "web2", role: "viewer" as const },
  ];
  await users.change("alice", { access }, COMMAND_LINE);
  const operating = (await sessions.fromToken(await create(identity, { role: "operator" })))!;
  const viewing = (await sessions.fromToken(await create(identity, { name: "b" })))!;
  const ask = (session: typeof viewing, operation: "read" | "start") =>
    [1, 2, 3].map((n) => may(session, operation, { uuid: uuid(n) }));
  assert.deepEqual(ask(operating, "start"), [true, false, false]);
  assert.deepEqual(ask(viewing, "start"), [false, false, false]);
  assert.deepEqual(ask(viewing, "read"), [true, true, false]);
  assert.equal(may(viewing, "read", null), false);
});

const ROLES: Role[] = ["admin", "operator", "viewer"];
for (const [rank, role] of ROLES.entries()) {
  Deno.test(`capped lowers ${role} to what is below it, and raises it to nothing`, () => {
    for (const [most, limit] of ROLES.entries()) {
      const user = capped({ name: "a", role }, limit);
      assert.equal(user.role, ROLES[Math.max(rank, most)], `${role} with ${limit}`);
    }
    assert.deepEqual(capped({ name: "a", role: null, grants: [] }, role), {
      name: "a",
      role: null,
      grants: [],
    });
    assert.deepEqual(rolesUpTo({ name: "a", role }), ROLES.slice(rank));
  });
}

Deno.test("rolesUpTo of a user with grants is up to the highest of them, of one without any nothing", () => {
  const granted: User = { name: "a", role: null, grants: [{ uuid: "u", role: "operator" }] };
  assert.deepEqual(rolesUpTo(granted), ["operator", "viewer"]);
  assert.deepEqual(rolesUpTo({ name: "a", role: null, grants: [] }), []);
});

Deno.test("APITokens.create refuses a role above the user's, bad names and days, and a taken name", async () => {
  using identity = await Identity.create();
  await assert.rejects(create(identity, { role: "admin" }), refusedAs("FORBIDDEN"));
  for (const name of ["", "  ", "x".repeat(65), "\ud800"]) {
    await assert.rejects(create(identity, { name }), refusedAs("INVALID_MESSAGE"));
  }
  for (const days of [0, -1, 0.5, 367, NaN, Infinity]) {
    await assert.rejects(create(identity, { days }), refusedAs("INVALID_MESSAGE"));
  }
  await create(identity);
  await assert.rejects(create(identity, { name: " backup " }), refusedAs("CONFLICT"));
  assert.equal(identity.sessions.apiTokens.list("alice").length, 1);
});

Deno.test("APITokens.create makes at most 50 for a user, not counting those that have expired", async () => {
  using identity = await Identity.create();
  for (let n = 0; n < 50; n++) await create(identity, { name: String(n), days: n === 0 ? 1 : 30 });
  await assert.rejects(create(identity), refusedAs("CONFLICT"));
  await later(2 * DAY, () => create(identity));
});

Deno.test("APITokens keeps hashes only, and every token begins with its prefix", async () => {
  using identity = await Identity.create();
  const token = await create(identity);
  assert.match(token, /^vgt_[\w-]{43}$/);
  const row = JSON.stringify(identity.store.all("SELECT * FROM api_tokens"));
  assert.ok(!row.includes(token) && !row.includes(token.slice(4)));
});

Deno.test("APITokens: a token expires, and is told of its uses", async () => {
  using identity = await Identity.create();
  const { sessions } = identity;
  const token = await create(identity, { days: 1 });
  assert.equal(sessions.apiTokens.list("alice")[0]?.usedAt, null);
  assert.ok(await sessions.fromToken(token));
  const [listed] = sessions.apiTokens.list("alice");
  assert.ok(listed?.usedAt !== null && Math.abs(Date.now() - listed!.usedAt) < 10_000);
  // Not idle: a program may come once a week.
  await later(DAY - 60_000, async () => assert.ok(await sessions.fromToken(token)));
  await later(DAY + 1, async () => assert.equal(await sessions.fromToken(token), null));
});

Deno.test("APITokens.revoke shuts a token out at once, and is the user's own alone", async () => {
  using identity = await Identity.create();
  const { sessions } = identity;
  const token = await create(identity);
  const session = (await sessions.fromToken(token))!;
  const { id } = sessions.apiTokens.list("alice")[0]!;
  assert.throws(() => sessions.apiTokens.revoke("bob", id, COMMAND_LINE), refusedAs("NOT_FOUND"));
  const asker = {};
  sessions.changedSince(asker);
  sessions.apiTokens.revoke("alice", id, COMMAND_LINE);
  assert.equal(sessions.changedSince(asker), true, "open sockets are told to look");
  assert.equal(sessions.current(session), null);
  assert.equal(await sessions.fromToken(token), null);
});

Deno.test("APITokens: a token ends with its user, and not with the password", async () => {
  using identity = await Identity.create();
  const { sessions, users } = identity;
  const token = await create(identity);
  await users.changePassword("alice", "battery staple 42", COMMAND_LINE);
  assert.ok(await sessions.fromToken(token));
  await users.add("root", "admin", PASSWORD, COMMAND_LINE);
  await users.change("alice", { disabled: true }, COMMAND_LINE);
  assert.equal(await sessions.fromToken(token), null);
  await users.change("alice", { disabled: false }, COMMAND_LINE);
  assert.ok(await sessions.fromToken(token));
  users.remove("alice", COMMAND_LINE);
  assert.equal(await sessions.fromToken(token), null);
  assert.deepEqual(identity.store.all("SELECT * FROM api_tokens"), []);
});

Deno.test("APITokens: a token is no cookie, no ?token= and no refresh token, and cannot sign out", async () => {
  using identity = await Identity.create();
  const { sessions } = identity;
  const token = await create(identity);
  assert.equal(await sessions.fromCookie(token), null);
  const request = new Request("http://127.0.0.1/ws/events");
  assert.equal(await sessions.identify(request, token), null);
  await assert.rejects(sessions.refresh(token, null), refusedAs("UNAUTHENTICATED"));
  const session = (await sessions.fromToken(token))!;
  assert.throws(() => sessions.logout(session, COMMAND_LINE), refusedAs("CONFLICT"));
  const { ticket } = await sessions.ticket(session, "/ws/events");
  assert.equal((await sessions.identify(request, ticket))?.user.role, "viewer");
});
