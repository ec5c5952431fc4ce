import assert from "node:assert/strict";
import { GlassError } from "@/services/errors.ts";
import { COMMAND_LINE } from "./actor.ts";
import { Sessions } from "./sessions.ts";
import { Identity, later, PASSWORD } from "@/tests/services/identity.ts";

const refusedAs = (code: string) => (error: unknown) =>
  error instanceof GlassError && error.code === code;

/** alice with a session, and a way to ask for a socket as she would. */
async function signedIn(identity: Identity) {
  const { sessions } = identity;
  const { token } = await sessions.login("alice", PASSWORD);
  const session = (await sessions.fromToken(token))!;
  const ticket = async (path: string) => (await sessions.ticket(session, path)).ticket;
  const show = (shown: string, path: string) =>
    sessions.identify(new Request(`http://127.0.0.1${path}`), shown);
  return { token, session, ticket, show };
}

Deno.test("Sessions.ticket is good once, at its path, and lasts as long as what asked for it", async () => {
  using identity = await Identity.create();
  const { session, ticket, show } = await signedIn(identity);
  const good = await ticket("/ws/vms/web1/console");
  assert.deepEqual(await show(good, "/ws/vms/web1/console?stream=1&offset=2"), session);
  assert.equal(await show(good, "/ws/vms/web1/console"), null, "once more");
});

Deno.test("Sessions.ticket of two that show it at once is good for one", async () => {
  using identity = await Identity.create();
  const { ticket, show } = await signedIn(identity);
  const good = await ticket("/ws/events");
  const both = await Promise.all([show(good, "/ws/events"), show(good, "/ws/events")]);
  assert.equal(both.filter((session) => session !== null).length, 1);
});

Deno.test("Sessions.ticket is spent by showing it at another path", async () => {
  using identity = await Identity.create();
  const { ticket, show } = await signedIn(identity);
  for (const other of ["/ws/vms/web2", "/ws/vms/web1/console", "/ws/vms/web1/", "/ws/vms/WEB1"]) {
    const good = await ticket("/ws/vms/web1");
    assert.equal(await show(good, other), null, other);
    assert.equal(await show(good, "/ws/vms/web1"), null, `after ${other}`);
  }
});

Deno.test("Sessions.ticket is no good after 30 s, after a restart, and of a session that ended", async () => {
  using identity = await Identity.create();
  const { sessions } = identity;
  const { session, ticket, show } = await signedIn(identity);
  const late = await ticket("/ws/events");
  await later(31_000, async () => assert.equal(await show(late, "/ws/events"), null));

  const kept = await ticket("/ws/events");
  const restarted = new Sessions(
    identity.store,
    identity.users,
    identity.tokens,
    identity.audit,
  );
  const request = new Request("http://127.0.0.1/ws/events");
  assert.equal(await restarted.identify(request, kept), null);

  const orphan = await ticket("/ws/events");
  sessions.logout(session, COMMAND_LINE);
  assert.equal(await show(orphan, "/ws/events"), null);
});

Deno.test("Sessions.ticket is nothing but a ticket, and an access token no ticket", async () => {
  using identity = await Identity.create({ lifetime: 3600, idle: 3600, queryToken: "ticket" });
  const { sessions } = identity;
  const { token, ticket, show } = await signedIn(identity);
  const good = await ticket("/ws/events");
  assert.equal(await sessions.fromToken(good), null, "as Authorization: Bearer");
  assert.equal(await sessions.fromCookie(good), null, "as a cookie");
  assert.equal(await show(token, "/ws/events"), null, "an access token where tickets alone count");
  assert.ok(await show(good, "/ws/events"));
});

const NO_SOCKETS = [
  "",
  "ws/events",
  "/",
  "/ws",
  "/api/v1/vms",
  "/ws/../api/v1/vms",
  "//evil.example/ws/events",
  "/\\evil.example/ws/events",
  "http://127.0.0.1/ws/events",
  "javascript:/ws/",
];
for (const path of NO_SOCKETS) {
  Deno.test(`Sessions.ticket refuses the path ${JSON.stringify(path)}`, async () => {
    using identity = await Identity.create();
    const { ticket } = await signedIn(identity);
    await assert.rejects(ticket(path), refusedAs("INVALID_MESSAGE"));
  });
}

Deno.test("Sessions.ticket takes a path as people write it, and as it will be asked for", async () => {
  using identity = await Identity.create();
  const { ticket, show } = await signedIn(identity);
  for (
    const [path, asked] of [
      ["/ws/vms/a b", "/ws/vms/a%20b"],
      ["/ws/vms/bär", "/ws/vms/b%C3%A4r"],
      ["/ws/vms/web1/console?stream=7&offset=1", "/ws/vms/web1/console?stream=8&offset=2"],
    ] as const
  ) assert.ok(await show(await ticket(path), asked), path);
});

Deno.test("Sessions.ticket bounds how many wait, of each session for itself", async () => {
  using identity = await Identity.create();
  const { ticket, show } = await signedIn(identity);
  const waiting = [];
  for (let n = 0; n < 64; n++) waiting.push(await ticket("/ws/events"));
  await assert.rejects(ticket("/ws/events"), refusedAs("RATE_LIMITED"));
  await (await signedIn(identity)).ticket("/ws/events");
  assert.ok(await show(waiting[0]!, "/ws/events"));
  await ticket("/ws/events");
  await later(31_000, () => ticket("/ws/events"));
});
