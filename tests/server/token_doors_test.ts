import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { tokenMutations } from "@/tests/harness/token_mutations.ts";
import { upgradeStatus } from "@/tests/harness/upgrade.ts";
import { Tokens } from "@/services/identity/tokens.ts";

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

/** Everything that lets somebody in who shows a token; each says with which status it answered. */
function doors(server: Server): Record<string, (token: string) => Promise<number>> {
  const get = async (path: string, headers: Record<string, string>) => {
    const response = await fetch(`${server.url}${path}`, { headers, redirect: "manual" });
    await response.body?.cancel();
    return response.status;
  };
  const upgrade = (path: string, headers: Record<string, string> = {}) =>
    upgradeStatus(`${server.url.replace("http", "ws")}${path}`, headers);
  return {
    "REST by header": (token) => get("/api/v1/vms", { authorization: `Bearer ${token}` }),
    "REST by query": (token) => get(`/api/v1/vms?token=${encodeURIComponent(token)}`, {}),
    "REST by cookie": (token) => get("/api/v1/vms", { cookie: `virtglass=${token}` }),
    "a socket by query": (token) => upgrade(`/ws/events?token=${encodeURIComponent(token)}`),
    "a socket by header": (token) => upgrade("/ws/events", { authorization: `Bearer ${token}` }),
    "a socket by cookie": (token) =>
      upgrade("/ws/events", { cookie: `virtglass=${token}`, origin: server.url }),
  };
}

Deno.test("tokens that differ from a good one in anything open no door", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const { kid, bytes: key } = await new Tokens(server.dataDir).keys.current();
  const { sid, sub } = claimsOf(server.token);
  const access = tokenMutations({ kid, key, aud: "api", sid, sub });
  const ticket = tokenMutations({
    ...{ kid, key, aud: "ws", sid, sub },
    more: { jti: "AAAAAAAAAAAAAAAAAAAAAA", path: "/ws/events" },
  });
  const open = doors(server);

  await t.step("the good one opens those that take it, and those alone", async () => {
    const answers = await Promise.all(
      Object.entries(open).map(async ([door, ask]) => [door, await ask(access.good)]),
    );
    assert.deepEqual(Object.fromEntries(answers), {
      "REST by header": 200,
      "REST by query": 401,
      "REST by cookie": 401,
      "a socket by query": 101,
      "a socket by header": 101,
      "a socket by cookie": 401,
    });
  });

  const forged = [
    ...Object.entries(access.mutations),
    ...Object.entries(ticket.mutations).map(([what, token]) => [`ticket: ${what}`, token] as const),
    // Signed with our own key, but never handed out.
    ["ticket: one that nobody was given", ticket.good] as const,
    ["the session's id", sid] as const,
  ];
  for (const [door, ask] of Object.entries(open)) {
    await t.step(`${door}: ${forged.length} forged ones, 0 accepted`, async () => {
      const accepted: string[] = [];
      for (const [what, token] of forged) {
        if (await ask(token) !== 401) accepted.push(what);
      }
      assert.deepEqual(accepted, []);
    });
  }

  await t.step("a socket's auth message: 0 accepted, and the socket goes on", async () => {
    using socket = await server.socket("/ws/events");
    await socket.next("connection");
    for (const [what, token] of forged) {
      if (token === "") continue;
      socket.send("auth", { token });
      const { data } = await socket.next("error");
      assert.equal(data.code, "UNAUTHENTICATED", what);
    }
    socket.send("auth", { token: access.good });
    await socket.next("auth");
  });
});

Deno.test("a ticket opens one socket, once, at its path, for whom it was given", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const ask = async (path: string, token = server.token) => {
    const response = await server.fetch("/api/v1/auth/ws-ticket", {
      method: "POST",
      body: JSON.stringify({ path }),
      token,
    });
    return { status: response.status, body: await response.json() };
  };
  const ticketFor = async (path: string, token?: string) => (await ask(path, token)).body.ticket;
  const show = (ticket: string, path: string) =>
    upgradeStatus(
      `${server.url.replace("http", "ws")}${path}?token=${encodeURIComponent(ticket)}`,
    );

  await t.step("once", async () => {
    const { status, body } = await ask("/ws/vms/test");
    assert.equal(status, 200);
    assert.equal(body.expiresIn, 30);
    assert.equal(await show(body.ticket, "/ws/vms/test"), 101);
    assert.equal(await show(body.ticket, "/ws/vms/test"), 401);
  });

  await t.step("at no other path, and nowhere after that", async () => {
    for (const other of ["/ws/events", "/ws/vms/test/console", "/ws/vms/nothing"]) {
      const ticket = await ticketFor("/ws/vms/test");
      assert.equal(await show(ticket, other), 401, other);
      assert.equal(await show(ticket, "/ws/vms/test"), 401, `after ${other}`);
    }
  });

  await t.step("by no other way than ?token= of a socket", async () => {
    const ticket = await ticketFor("/ws/events");
    const { "a socket by query": good, ...others } = doors(server);
    for (const [door, ask] of Object.entries(others)) assert.equal(await ask(ticket), 401, door);
    assert.equal(await good!(ticket), 101);
  });

  await t.step("no longer than its session, with the role that is true now", async () => {
    const token = await server.user("vera", "viewer");
    const ticket = await ticketFor("/ws/vms/test", token);
    const socket = await server.socket("/ws/vms/test", { token: ticket });
    assert.equal((await socket.next("connection")).data.role, "viewer");
    const left = await ticketFor("/ws/vms/test", token);
    await server.fetch("/api/v1/auth/logout", { method: "POST", token });
    assert.equal((await socket.closed).code, 4401);
    assert.equal(await show(left, "/ws/vms/test"), 401);
  });

  await t.step("asked for by somebody who is signed in, for a socket's path", async () => {
    const anyone = await server.fetch("/api/v1/auth/ws-ticket", {
      method: "POST",
      body: JSON.stringify({ path: "/ws/events" }),
      token: null,
    });
    assert.equal(anyone.status, 401);
    await anyone.body?.cancel();
    for (const path of ["/api/v1/vms", "/ws/../login", "//evil.example/ws/events", "ws/events"]) {
      assert.equal((await ask(path)).body.code, "INVALID_MESSAGE", path);
    }
  });
});

Deno.test("auth.query-token = ticket: addresses take tickets alone, headers what they took", async () => {
  await using server = await Server.start({
    connect: "test:///default",
    args: ["--auth-query-token", "ticket"],
  });
  const open = doors(server);
  assert.equal(await open["a socket by query"]!(server.token), 401);
  assert.equal(await open["a socket by header"]!(server.token), 101);
  const response = await server.fetch("/api/v1/auth/ws-ticket", {
    method: "POST",
    body: JSON.stringify({ path: "/ws/events" }),
  });
  assert.equal(await open["a socket by query"]!((await response.json()).ticket), 101);
});

Deno.test("a refresh token that comes again ends its session, with its open sockets within a second", async () => {
  await using server = await Server.start({ connect: "test:///default" });
  const first = await server.login(ADMIN.username, ADMIN.password);
  const refresh = async (refreshToken: string) => {
    const response = await server.fetch("/api/v1/auth/refresh", {
      method: "POST",
      body: JSON.stringify({ refreshToken }),
      token: null,
    });
    return { status: response.status, body: await response.json() };
  };
  const second = await refresh(first.refreshToken);
  assert.equal(second.status, 200);
  using theirs = await server.socket("/ws/events", { token: second.body.token });
  using other = await server.socket("/ws/events");
  await Promise.all([theirs.next("connection"), other.next("connection")]);

  const begun = performance.now();
  assert.equal((await refresh(first.refreshToken)).status, 401);
  assert.equal((await theirs.closed).code, 4401);
  // The timer looks once a second; the rest is for a machine that is busy.
  assert.ok(performance.now() - begun < 2_000);
  assert.equal((await refresh(second.body.refreshToken)).status, 401);
  assert.equal((await server.fetch("/api/v1/vms", { token: second.body.token })).status, 401);
  other.send("heartbeat", {});
  await other.next("heartbeat");
});
