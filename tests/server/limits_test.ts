/** What one client may take of a server, asked of a real one. */
import assert from "node:assert/strict";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { within } from "@/tests/harness/wait.ts";

/** Fails to sign in until it is refused; returns how often it could, and the refusal. */
async function exhaust(
  server: Server,
  headers: () => Record<string, string>,
  most = 30,
): Promise<{ tries: number; refusal: string }> {
  for (let tries = 0; tries < most; tries++) {
    const response = await server.fetch("/api/v1/auth/login", {
      token: null,
      method: "POST",
      headers: { "content-type": "application/json", ...headers() },
      body: JSON.stringify({ username: "nobody", password: "wrong horse 42" }),
    });
    const { detail } = await response.json();
    if (response.status === 429) return { tries, refusal: detail };
    assert.equal(response.status, 401);
  }
  return { tries: most, refusal: "" };
}

Deno.test("sign-in has a limit, and a header that everybody can set does not move it", async (t) => {
  let n = 0;
  const rotating = () => ({
    "X-Forwarded-For": `203.0.113.${n++}`,
    "X-Real-IP": `203.0.113.${n}`,
    Forwarded: `for=203.0.113.${n}`,
  });
  const limit = 6;
  await t.step("of one client without it", async () => {
    await using server = await Server.start({ connect: "test:///default" });
    const { tries, refusal } = await exhaust(server, () => ({}));
    assert.equal(tries, limit);
    assert.match(refusal, /^Too many failed sign-ins\. Try again in \d+ s\.$/);
  });
  await t.step("of one with a new X-Forwarded-For each time, no more", async () => {
    await using server = await Server.start({ connect: "test:///default" });
    assert.equal((await exhaust(server, rotating)).tries, limit);
  });
  await t.step("also where other proxies are listed", async () => {
    const args = ["--trusted-proxies", "192.0.2.0/24"];
    await using server = await Server.start({ connect: "test:///default", args });
    assert.equal((await exhaust(server, rotating)).tries, limit);
  });
  await t.step("behind a listed proxy each client has its own", async () => {
    const args = ["--trusted-proxies", "127.0.0.1"];
    await using server = await Server.start({ connect: "test:///default", args });
    const from = (address: string) => () => ({ "X-Forwarded-For": address });
    assert.equal((await exhaust(server, from("203.0.113.1"))).tries, limit);
    assert.equal((await exhaust(server, from("203.0.113.2"))).tries, limit);
    // What a client says of itself stands before what the proxy says of it.
    const lying = () => ({ "X-Forwarded-For": `198.51.100.${n++}, 203.0.113.3` });
    assert.equal((await exhaust(server, lying)).tries, limit);
  });
  await t.step("and the form has the same", async () => {
    await using server = await Server.start({ connect: "test:///default" });
    await exhaust(server, rotating);
    const response = await server.fetch("/login", {
      token: null,
      method: "POST",
      headers: { origin: server.url, ...rotating() },
      body: new URLSearchParams({ username: "nobody", password: ADMIN.password }),
    });
    assert.equal(response.status, 429);
    assert.match(await response.text(), /Too many failed sign-ins/);
  });
});

Deno.test("requests have a limit, by user and by address", async () => {
  const args = ["--limits-requests", "3"];
  await using server = await Server.start({ connect: "test:///default", args });
  const asked = async (token: string | null) => {
    const response = await server.fetch("/api/v1/vms", { token });
    await response.body?.cancel();
    return response.status;
  };
  const statuses = (token: string | null) =>
    Promise.all(Array.from({ length: 60 }, () => asked(token)));
  const count = (all: number[], status: number) => all.filter((each) => each === status).length;
  const admin = await statuses(server.token);
  assert.ok(count(admin, 200) >= 25 && count(admin, 429) >= 25, admin.join());
  const stranger = await statuses(null);
  assert.ok(count(stranger, 401) >= 20 && count(stranger, 429) >= 25, stranger.join());
});

Deno.test("bodies have a limit in bytes and in time, with JSON and with forms", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const { hostname, port, host } = new URL(server.url);
  const forms = "application/x-www-form-urlencoded";
  for (
    const [path, type] of [["/api/v1/auth/login", "application/json"], ["/login", forms]] as const
  ) {
    await t.step(`${path} takes 64 KiB at most`, async () => {
      const response = await server.fetch(path, {
        token: null,
        method: "POST",
        headers: { "content-type": type, origin: server.url },
        body: "x".repeat(64 * 1024 + 1),
      });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /at most 65536 bytes/);
    });
    await t.step(`${path} waits for the rest of a body for 10 s`, async () => {
      using connection = await Deno.connect({ hostname, port: Number(port) });
      const head = [
        ...[`POST ${path} HTTP/1.1`, `Host: ${host}`, `Origin: ${server.url}`],
        ...[`Content-Type: ${type}`, "Content-Length: 100", "", "half of it"],
      ];
      await connection.write(new TextEncoder().encode(head.join("\r\n")));
      const answer = new Uint8Array(4096);
      const read = await within(15_000, "an answer", connection.read(answer));
      assert.match(new TextDecoder().decode(answer.subarray(0, read ?? 0)), /^HTTP\/1\.1 400 /);
    });
  }
  await t.step("which is no error in the log", () => {
    assert.deepEqual(server.logs.filter(({ level }) => level === "ERROR"), []);
  });
});
