import assert from "node:assert/strict";
import { Account, type Grant, Problem } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";

const VM = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", vm: "test" };
const { password } = ADMIN;

Deno.test("/api/v1/users", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const ask = async (method: string, path: string, body?: unknown, token = server.token) => {
    const response = await server.fetch(`/api/v1${path}`, {
      method,
      token,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { response, text: await response.text() };
  };
  const account = async (method: string, path: string, body?: unknown) => {
    const { response, text } = await ask(method, path, body);
    assert.ok(response.ok, text);
    return z.strictObject(Account.shape).parse(JSON.parse(text));
  };
  const refused = async (method: string, path: string, body?: unknown, token?: string) => {
    const { response, text } = await ask(method, path, body, token);
    const { status, code, detail } = Problem.parse(JSON.parse(text));
    assert.equal(status, response.status);
    return [status, code, detail];
  };

  await t.step("POST makes a user with a role on all VMs, who may sign in", async () => {
    const { response, text } = await ask("POST", "/users", {
      name: "otto",
      password,
      role: "operator",
    });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get("location"), "/api/v1/users/otto");
    const { createdAt, ...otto } = Account.parse(JSON.parse(text));
    assert.ok(Math.abs(Date.parse(createdAt) - Date.now()) < 60_000);
    const fresh = { name: "otto", role: "operator", grants: [], disabled: false, signedInAt: null };
    assert.deepEqual(otto, fresh);
    assert.deepEqual((await server.login("otto", password)).user, {
      name: "otto",
      role: "operator",
    });
    assert.notEqual((await account("GET", "/users/otto")).signedInAt, null);
  });

  await t.step("POST makes a user with grants, by the name of a VM and by its UUID", async () => {
    for (const vm of [VM.vm, VM.uuid]) {
      const name = `vera-${vm.slice(0, 4)}`;
      const vera = { name, password, grants: [{ vm, role: "viewer" }] };
      const made = await account("POST", "/users", vera);
      assert.deepEqual([made.role, made.grants], [null, [{ ...VM, role: "viewer" }]]);
      const { user } = await server.login(name, password);
      assert.deepEqual(user, {
        name,
        role: null,
        grants: [{ uuid: VM.uuid, role: "viewer" }] satisfies Grant[],
      });
    }
  });

  await t.step("GET lists all of them by name", async () => {
    const { text } = await ask("GET", "/users");
    const names = z.array(Account).parse(JSON.parse(text)).map(({ name }) => name);
    assert.deepEqual(names, [ADMIN.username, "otto", "vera-6695", "vera-test"]);
    assert.doesNotMatch(text, /scrypt/);
  });

  await t.step(
    "PATCH puts grants in the place of a role, and a role in that of grants",
    async () => {
      const grants = [{ vm: "test", role: "admin" }];
      const granted = await account("PATCH", "/users/otto", { grants });
      assert.deepEqual([granted.role, granted.grants], [null, [{ ...VM, role: "admin" }]]);
      const same = await account("PATCH", "/users/otto", { role: null });
      assert.deepEqual(same, granted);
      const viewer = await account("PATCH", "/users/otto", { role: "viewer" });
      assert.deepEqual([viewer.role, viewer.grants], ["viewer", []]);
      const nothing = await account("PATCH", "/users/otto", { role: null });
      assert.deepEqual([nothing.role, nothing.grants], [null, []]);
    },
  );

  await t.step("PATCH disables, which ends sessions and refuses the next one", async () => {
    const { token, refreshToken } = await server.login("otto", password);
    assert.equal((await account("PATCH", "/users/otto", { disabled: true })).disabled, true);
    assert.deepEqual((await refused("GET", "/auth/me", undefined, token)).slice(0, 2), [
      401,
      "UNAUTHENTICATED",
    ]);
    await assert.rejects(server.login("otto", password), /401/);
    assert.equal((await refused("POST", "/auth/refresh", { refreshToken }))[0], 401);
    await account("PATCH", "/users/otto", { disabled: false });
    assert.equal((await refused("GET", "/auth/me", undefined, token))[0], 401);
    await server.login("otto", password);
  });

  await t.step("PATCH sets a password, which ends sessions", async () => {
    const { token } = await server.login("otto", password);
    await account("PATCH", "/users/otto", { password: "battery staple 7" });
    assert.equal((await refused("GET", "/auth/me", undefined, token))[0], 401);
    await assert.rejects(server.login("otto", password), /401/);
    await server.login("otto", "battery staple 7");
  });

  const bad: [string, string, unknown, number, string, RegExp][] = [
    ["POST", "/users", { name: "otto", password }, 409, "CONFLICT", /"otto" exists/],
    ["POST", "/users", { name: "a b", password }, 400, "INVALID_MESSAGE", /"a b" is not a user/],
    ["POST", "/users", { name: "x", password: "password1" }, 400, "INVALID_MESSAGE", /common/],
    ["POST", "/users", { name: "x", password: "short" }, 400, "INVALID_MESSAGE", /has 5/],
    ["POST", "/users", { name: "x" }, 400, "INVALID_MESSAGE", /password/],
    ["POST", "/users", { name: "x", password, role: "root" }, 400, "INVALID_MESSAGE", /role/],
    ["POST", "/users", { name: "x", password, admin: true }, 400, "INVALID_MESSAGE", /admin/],
    [
      ...["POST", "/users"] as const,
      { name: "x", password, grants: [{ vm: "web9", role: "viewer" }] },
      ...[404, "VM_NOT_FOUND", /no VM "web9"/] as const,
    ],
    [
      ...["POST", "/users"] as const,
      { name: "x", password, role: "viewer", grants: [{ vm: "test", role: "viewer" }] },
      ...[400, "INVALID_MESSAGE", /not both/] as const,
    ],
    [
      ...["PATCH", "/users/otto"] as const,
      { grants: [{ vm: "test", role: "viewer" }, { vm: VM.uuid, role: "admin" }] },
      ...[400, "INVALID_MESSAGE", /"test" is granted twice/] as const,
    ],
    ["PATCH", "/users/nobody", { role: "viewer" }, 404, "NOT_FOUND", /no user "nobody"/],
    ["GET", "/users/nobody", undefined, 404, "NOT_FOUND", /no user "nobody"/],
    ["DELETE", "/users/nobody", undefined, 404, "NOT_FOUND", /no user "nobody"/],
    ["PATCH", "/users/admin", { role: "operator" }, 409, "CONFLICT", /Nobody would be left/],
    ["PATCH", "/users/admin", { grants: [] }, 409, "CONFLICT", /Nobody would be left/],
    ["PATCH", "/users/admin", { disabled: true }, 409, "CONFLICT", /Nobody would be left/],
    ["DELETE", "/users/admin", undefined, 409, "CONFLICT", /Nobody would be left/],
  ];
  for (const [method, path, body, status, code, words] of bad) {
    await t.step(`${method} ${path} ${JSON.stringify(body)} is ${status} ${code}`, async () => {
      const before = (await ask("GET", "/users")).text;
      const [actual, actualCode, detail] = await refused(method, path, body);
      assert.deepEqual([actual, actualCode], [status, code]);
      assert.match(String(detail), words);
      assert.equal((await ask("GET", "/users")).text, before);
    });
  }

  await t.step("of two admins either can go, and then the other not", async () => {
    await account("POST", "/users", { name: "ada", password, role: "admin" });
    await account("PATCH", "/users/ada", { disabled: true });
    assert.equal((await refused("DELETE", "/users/admin"))[0], 409);
    await account("PATCH", "/users/ada", { disabled: false });
    assert.equal((await ask("DELETE", "/users/ada")).response.status, 204);
    assert.equal((await refused("DELETE", "/users/admin"))[0], 409);
  });

  await t.step("DELETE ends the user with its sessions", async () => {
    const { token } = await server.login("vera-test", password);
    assert.equal((await ask("DELETE", "/users/vera-test")).response.status, 204);
    assert.equal((await refused("GET", "/auth/me", undefined, token))[0], 401);
    assert.equal((await refused("GET", "/users/vera-test"))[0], 404);
  });

  await t.step("no password is in the log", () => {
    assert.equal(JSON.stringify(server.logs).includes(password), false);
  });
});

Deno.test("/api/v1/users: what an admin asked for is not done any more once she is disabled", async () => {
  await using server = await Server.start({ connect: "test:///default" });
  const token = await server.user("mallory", "admin");
  const asked = Array.from({ length: 12 }, async (_, index) => {
    const body = JSON.stringify({ name: `later${index}`, password, role: "admin" });
    const response = await server.fetch("/api/v1/users", { method: "POST", token, body });
    await response.body?.cancel();
    return response.status;
  });
  const body = JSON.stringify({ disabled: true });
  const disabled = await server.fetch("/api/v1/users/mallory", { method: "PATCH", body });
  assert.equal(disabled.status, 200);
  await disabled.body?.cancel();
  const admins = async () => (await server.json("/api/v1/users") as Account[]).length;
  const before = await admins();
  const answers = await Promise.all(asked);
  assert.ok(answers.includes(401), `answered ${answers.join(", ")}`);
  assert.equal(await admins(), before);
});
