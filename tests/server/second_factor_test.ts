import assert from "node:assert/strict";
import { Authenticator } from "@/tests/harness/authenticator.ts";
import { ADMIN, Server, virtglass } from "@/tests/harness/server.ts";
import { WebSession } from "@/tests/harness/web_session.ts";

Deno.test("REST signs in with a code where there is a second factor, and admins turn one off", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  await server.user("carol", "operator");
  const login = async (more: Record<string, unknown> = {}) => {
    const response = await server.fetch("/api/v1/auth/login", {
      method: "POST",
      body: JSON.stringify({ username: "carol", password: ADMIN.password, ...more }),
      token: null,
    });
    const { code, token } = await response.json();
    return token === undefined ? `${response.status} ${code}` : "signed in";
  };
  const enrol = async () => {
    const web = await WebSession.signIn(server, "carol");
    const path = "/account/second-factor";
    await web.post(path, { do: "begin", password: ADMIN.password });
    const html = await (await web.fetch(path)).text();
    const app = new Authenticator(/id="secret">([^<]+)</.exec(html)![1]!);
    const codes = await (await web.post(path, { do: "confirm", code: await app.code() })).text();
    return { app, recovery: /<code>([a-z2-7-]{19})<\/code>/.exec(codes)![1]! };
  };

  await t.step("401 TOTP_REQUIRED without a code, and each code once", async () => {
    const { app, recovery } = await enrol();
    assert.equal(await login(), "401 TOTP_REQUIRED");
    assert.equal(await login({ password: "wrong password" }), "401 UNAUTHENTICATED");
    assert.equal(await login({ code: "000000" }), "401 UNAUTHENTICATED");
    const code = await app.code();
    assert.equal(await login({ code }), "signed in");
    assert.equal(await login({ code }), "401 UNAUTHENTICATED");
    assert.equal(await login({ code: recovery }), "signed in");
    assert.equal(await login({ code: recovery }), "401 UNAUTHENTICATED");
  });

  const remove = async (name: string, token: string) => {
    const path = `/api/v1/users/${name}/second-factor`;
    const response = await server.fetch(path, { method: "DELETE", token });
    await response.body?.cancel();
    return response.status;
  };
  await t.step("an admin turns it off over REST, and nobody else does", async () => {
    const operator = await server.user("olga", "operator");
    assert.equal(await remove("carol", operator), 403);
    assert.equal(await login(), "401 TOTP_REQUIRED");
    assert.equal(await remove("nobody", server.token), 404);
    assert.equal(await remove("carol", server.token), 204);
    assert.equal(await login(), "signed in");
  });

  await t.step("an admin turns it off on the user's page, where it is shown", async () => {
    const admin = await WebSession.signIn(server);
    const page = async () => (await (await admin.fetch("/users/carol")).text());
    assert.ok(!(await page()).includes("reset-2fa"));
    await enrol();
    assert.ok((await page()).includes("reset-2fa"));
    const response = await admin.post("/users/carol", { do: "reset-2fa" });
    assert.equal(response.status, 303);
    await response.body?.cancel();
    assert.equal(await login(), "signed in");
  });

  await t.step("virtglass user reset-2fa turns it off while the server runs", async () => {
    await enrol();
    assert.equal(await login(), "401 TOTP_REQUIRED");
    const reset = (name: string) =>
      virtglass(["user", "reset-2fa", name, "--data-dir", server.dataDir]);
    assert.match(await reset("carol"), /second factor of "carol" is off/);
    assert.equal(await login(), "signed in");
    assert.match(await reset("carol"), /has no second factor/);
    await assert.rejects(reset("nobody"), /There is no user "nobody"/);
  });
});
