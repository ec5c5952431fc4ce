import assert from "node:assert/strict";
import { Host, Problem, VM, VMDetail } from "@/protocol/mod.ts";
import * as z from "@/protocol/zod.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";

const UUID = "6695eb01-f6a4-8304-79aa-97f2502e193f";

Deno.test("REST against libvirt's test driver", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });

  await t.step("GET /vms lists what libvirt has", async () => {
    const vms = z.array(VM).parse(await server.json("/api/v1/vms"));
    assert.deepEqual(vms.map(({ name, status, uuid }) => ({ name, status, uuid })), [
      { name: "test", status: "running", uuid: UUID },
    ]);
  });

  await t.step("GET /vms/{name} finds a VM by name and by UUID", async () => {
    const byName = VMDetail.parse(await server.json("/api/v1/vms/test"));
    const byUUID = VMDetail.parse(await server.json(`/api/v1/vms/${UUID}`));
    assert.equal(byName.uuid, UUID);
    assert.equal(byUUID.name, "test");
    assert.equal(byName.memory, 8 * 1024 ** 3);
    assert.equal(byName.vcpus, 2);
  });

  await t.step("GET /vms/{name}/xml is libvirt's XML, and no page", async () => {
    const response = await server.fetch("/api/v1/vms/test/xml");
    assert.equal(response.headers.get("content-type"), "application/xml; charset=utf-8");
    assert.match(await response.text(), /^<domain type='test'/);
  });

  await t.step("GET /host tells of the host and the connection", async () => {
    const host = Host.parse(await server.json("/api/v1/host"));
    assert.equal(host.uri, "test:///default");
    assert.deepEqual([host.libvirt.connected, host.libvirt.message], [true, null]);
    assert.equal(host.cpu?.count, 16);
  });

  await t.step("GET /healthz and /readyz need nobody signed in", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      const response = await server.fetch(path, { token: null });
      assert.equal(response.status, 200, path);
      await response.body?.cancel();
    }
  });

  await t.step("POST /auth/login gives a token, and none for a wrong password", async () => {
    const loggedIn = await server.login(ADMIN.username, ADMIN.password);
    assert.deepEqual(loggedIn.user, { name: ADMIN.username, role: "admin" });
    for (const [username, password] of [[ADMIN.username, "wrong"], ["nobody", ADMIN.password]]) {
      const answer = await post(server, { username, password });
      assert.deepEqual(answer, [401, "UNAUTHENTICATED"]);
    }
  });

  for (
    const [what, body] of [
      ["text that is no JSON", "{"],
      ["another JSON value", "[]"],
      ["a missing field", '{"username":"admin"}'],
      ["a field too many", '{"username":"a","password":"b","role":"admin"}'],
      ["a number for a name", '{"username":1,"password":"b"}'],
      ["a body that is too big", JSON.stringify({ username: "a", password: "x".repeat(70_000) })],
    ] as const
  ) {
    await t.step(`POST /auth/login refuses ${what}`, async () => {
      assert.deepEqual(await post(server, body), [400, "INVALID_MESSAGE"]);
    });
  }

  for (
    const [path, status, code] of [
      ["/api/v1/vms/nothing", 404, "VM_NOT_FOUND"],
      ["/api/v1/vms/..%2F..%2Fetc%2Fpasswd", 404, "VM_NOT_FOUND"],
      ["/api/v1/vms/nothing/xml", 404, "VM_NOT_FOUND"],
      ["/api/v1/vms/%00", 404, "VM_NOT_FOUND"],
      ["/api/v1/vms/00000000-0000-0000-0000-000000000000", 404, "VM_NOT_FOUND"],
      ["/api/v1/nothing", 404, "NOT_FOUND"],
    ] as const
  ) {
    await t.step(`GET ${path} is ${status} ${code}`, async () => {
      assert.deepEqual(await problem(await server.fetch(path)), [status, code]);
    });
  }

  for (
    const [what, token] of [
      ["no token", null],
      ["a wrong token", "nonsense"],
      ["a token signed by somebody else", forged()],
    ] as const
  ) {
    await t.step(`GET /vms with ${what} is 401`, async () => {
      const response = await server.fetch("/api/v1/vms", { token });
      assert.deepEqual(await problem(response), [401, "UNAUTHENTICATED"]);
    });
  }

  await t.step("a token is worth nothing after logout", async () => {
    const { token } = await server.login(ADMIN.username, ADMIN.password);
    const bye = await server.fetch("/api/v1/auth/logout", { token, method: "POST" });
    assert.equal(bye.status, 204);
    const response = await server.fetch("/api/v1/vms", { token });
    assert.deepEqual(await problem(response), [401, "UNAUTHENTICATED"]);
  });

  await t.step("no token and no password is in the log", () => {
    const log = JSON.stringify(server.logs);
    assert.equal(log.includes(server.token), false);
    assert.equal(log.includes(ADMIN.password), false);
  });
});

async function post(server: Server, body: unknown): Promise<[number, string]> {
  return await problem(
    await server.fetch("/api/v1/auth/login", {
      method: "POST",
      token: null,
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
}

/** Status and code of a response that must be a problem document. */
async function problem(response: Response): Promise<[number, string]> {
  const text = await response.text();
  assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/, text);
  const { status, code } = Problem.parse(JSON.parse(text));
  assert.equal(status, response.status);
  return [status, code];
}

function forged(): string {
  const part = (value: unknown) =>
    new TextEncoder().encode(JSON.stringify(value)).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    });
  return `${part({ alg: "none" })}.${part({ sub: "admin", sid: "x", exp: 4e9 })}.`;
}
