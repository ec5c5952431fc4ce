import assert from "node:assert/strict";
import { Problem } from "@/protocol/mod.ts";
import { ADMIN, Server } from "@/tests/harness/server.ts";

Deno.test("a server without an admin", async (t) => {
  await using server = await Server.start({
    connect: "test:///default",
    admin: false,
    // Whoever asks through it comes from wherever it says.
    args: ["--trusted-proxies", "127.0.0.1"],
  });
  const far = { "x-forwarded-for": "203.0.113.7" };
  const get = (path: string, headers: Record<string, string> = {}) =>
    server.fetch(path, { token: null, headers });
  const file = `${server.dataDir}/setup.code`;

  await t.step("answers only to its own machine, and says why", async () => {
    for (const path of ["/", "/setup", "/login", "/healthz", "/css/main.css"]) {
      const response = await get(path, far);
      assert.equal(response.status, 403, path);
      assert.match(await response.text(), /no admin yet.*only to its own machine.*\/setup/);
    }
    for (const path of ["/api/v1/vms", "/api/v1/auth/login", "/ws/events"]) {
      const problem = Problem.parse(await (await get(path, far)).json());
      assert.deepEqual([problem.status, problem.code], [403, "FORBIDDEN"]);
    }
    const near = await get("/healthz");
    assert.equal(near.status, 200);
    await near.body?.cancel();
  });

  await t.step("leads everybody to /setup", async () => {
    for (const path of ["/", "/vms/test", "/users"]) {
      const response = await get(path);
      await response.body?.cancel();
      assert.deepEqual([response.status, response.headers.get("location")], [303, "/setup"], path);
    }
    assert.match(await (await get("/setup")).text(), /Set-up code/);
  });

  await t.step("tells its code in a file of its own, and in no log", async () => {
    const code = (await Deno.readTextFile(file)).trim();
    assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
    assert.match(code, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    const log = JSON.stringify(server.logs);
    assert.ok(log.includes(file) && !log.includes(code), log);
  });

  const setUp = (code: string, password = ADMIN.password) =>
    server.fetch("/setup", {
      method: "POST",
      token: null,
      body: new URLSearchParams({ code, name: ADMIN.username, password }),
    });

  await t.step("takes no other code, and no bad password", async () => {
    const code = (await Deno.readTextFile(file)).trim();
    for (
      const [tried, password, status] of [
        ["aaaa-aaaa-aaaa-aaaa", ADMIN.password, 403],
        [code, "password1", 400],
      ] as const
    ) {
      const response = await setUp(tried, password);
      const page = await response.text();
      assert.equal(response.status, status);
      assert.match(page, /role="alert"/);
      assert.equal(page.includes(password), false);
    }
  });

  await t.step("makes the admin with the code, and signs in", async () => {
    const code = (await Deno.readTextFile(file)).trim();
    const response = await setUp(code);
    await response.body?.cancel();
    assert.deepEqual([response.status, response.headers.get("location")], [303, "/"]);
    const cookie = response.headers.get("set-cookie")!.split(";")[0]!;
    const page = await get("/users", { cookie });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /that is you/);
    assert.equal((await server.login(ADMIN.username, ADMIN.password)).user.role, "admin");
  });

  await t.step("is from then on like any other, and the code is gone", async () => {
    await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
    const health = await get("/healthz", far);
    await health.body?.cancel();
    assert.equal(health.status, 200);
    for (const path of ["/", "/setup"]) {
      const response = await get(path);
      await response.body?.cancel();
      assert.deepEqual([response.status, response.headers.get("location")], [303, "/login"], path);
    }
  });
});
