import assert from "node:assert/strict";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { WebSession } from "@/tests/harness/web_session.ts";

/** Pages, so that each form there is stands on one of them. */
const PAGES = [
  "/",
  "/vms/test",
  "/vms/test?confirm=power-off",
  "/vms/test/console",
  "/recordings",
  "/users",
  "/users/new",
  "/users/admin",
  "/users/admin?confirm=delete",
  "/audit",
  "/activity",
  "/account",
  "/account?confirm=others",
  "/account/password",
  "/account/second-factor",
  "/account/tokens",
];

Deno.test("what a cookie allows is done with the session's CSRF token alone", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const mine = await WebSession.signIn(server);
  const other = await WebSession.signIn(server);
  /** Refused for want of the token, and not for anything else. */
  const refused = async (response: Response) =>
    response.status === 403 && /X-CSRF-Token|earlier session/.test(await response.text());
  const status = async (response: Response) => {
    await response.body?.cancel();
    return response.status;
  };

  await t.step("every form that changes something has it, and no other form", async () => {
    let forms = 0;
    for (const page of PAGES) {
      const html = await (await mine.fetch(page)).text();
      for (const [form, attributes = ""] of html.matchAll(/<form\b([^>]*)>[^]*?<\/form>/g)) {
        const changes = /method="post"/.test(attributes);
        assert.equal(
          form.includes(`name="csrf" value="${mine.csrf}"`),
          changes,
          `${page}: ${form}`,
        );
        if (changes) forms++;
      }
    }
    assert.ok(forms > 15, `only ${forms} forms were found`);
  });

  await t.step("each session has its own, which leads to no cookie", () => {
    assert.notEqual(mine.csrf, other.csrf);
    assert.ok(!mine.cookie.includes(mine.csrf));
  });

  /** What an evil page, or a page of before, might send. */
  const form = (fields: Record<string, string>) => new URLSearchParams(fields);
  const attempts: Record<string, (fields: Record<string, string>) => RequestInit> = {
    "no token": (fields) => ({ body: form(fields) }),
    "an empty one": (fields) => ({ body: form({ ...fields, csrf: "" }) }),
    "another session's": (fields) => ({ body: form({ ...fields, csrf: other.csrf }) }),
    "another session's in the header": (fields) => ({
      body: form({ ...fields, csrf: mine.csrf }),
      headers: { "x-csrf-token": other.csrf },
    }),
    "a cut one": (fields) => ({ body: form({ ...fields, csrf: mine.csrf.slice(1) }) }),
    "the cookie itself": (fields) => ({
      body: form({ ...fields, csrf: mine.cookie.split("=")[1]! }),
    }),
    "by another name": (fields) => ({ body: form({ ...fields, token: mine.csrf }) }),
    "in a body of text": (fields) => ({
      body: String(form({ ...fields, csrf: mine.csrf })),
      headers: { "content-type": "text/plain" },
    }),
    "in a body of no type": (fields) => ({
      body: new TextEncoder().encode(String(form({ ...fields, csrf: mine.csrf }))),
    }),
    "in JSON": (fields) => ({
      body: JSON.stringify({ ...fields, csrf: mine.csrf }),
      headers: { "content-type": "application/json" },
    }),
    "in a form of several parts": (fields) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...fields, csrf: mine.csrf })) {
        body.append(name, value);
      }
      return { body };
    },
    "of another letter case": (fields) => ({ body: form({ ...fields, CSRF: mine.csrf }) }),
  };
  const targets: [path: string, fields: Record<string, string>][] = [
    ["/vms/test", { choice: "suspend" }],
    ["/account/sessions", { others: "yes" }],
    ["/account/password", {
      present: ADMIN.password,
      new: "battery staple 42",
      again: "battery staple 42",
    }],
    ["/account/tokens", { name: "x", role: "admin", days: "7", password: ADMIN.password }],
    ["/account/second-factor", { do: "begin", password: ADMIN.password }],
    ["/logout", {}],
  ];
  for (const [what, init] of Object.entries(attempts)) {
    await t.step(`forms are refused with ${what}`, async () => {
      for (const [path, fields] of targets) {
        const response = await mine.fetch(path, { method: "POST", ...init(fields) });
        assert.ok(await refused(response), path);
      }
    });
  }
  await t.step("forms are refused with the token in the address", async () => {
    for (const [path, fields] of targets) {
      const init = { method: "POST", body: form(fields) };
      assert.ok(await refused(await mine.fetch(`${path}?csrf=${mine.csrf}`, init)), path);
    }
  });

  await t.step("REST is refused without the header, whatever the method", async () => {
    const asked: [method: string, path: string][] = [
      ["POST", "/api/v1/vms/test/commands"],
      ["POST", "/api/v1/commands"],
      ["POST", "/api/v1/vms/test/recordings"],
      ["DELETE", "/api/v1/recordings/none"],
      ["PUT", "/api/v1/vms/test"],
      ["PATCH", "/api/v1/vms/test"],
      ["POST", "/api/v1/auth/ws-ticket"],
      ["POST", "/api/v1/auth/logout"],
    ];
    for (const [method, path] of asked) {
      const body = JSON.stringify({ action: "suspend", path: "/ws/events", csrf: mine.csrf });
      for (const headers of [{}, { "x-csrf-token": other.csrf }, { "x-csrf-token": "" }]) {
        const response = await mine.fetch(path, { method, body, headers });
        assert.equal(response.headers.get("content-type"), "application/problem+json");
        assert.ok(await refused(response), `${method} ${path}`);
      }
    }
  });

  await t.step("nothing of all that was done", async () => {
    const vm = await server.json("/api/v1/vms/test") as { status: string };
    assert.equal(vm.status, "running");
    assert.equal(await status(await mine.fetch("/account")), 200);
    assert.equal(await status(await other.fetch("/account")), 200);
    const page = await (await mine.fetch("/account")).text();
    assert.ok(!page.includes("data-token="));
    await server.login(ADMIN.username, ADMIN.password);
  });

  await t.step("with it, forms and REST do what they say; a Bearer token needs none", async () => {
    assert.equal(await status(await mine.post("/vms/test", { choice: "suspend" })), 303);
    const response = await mine.fetch("/api/v1/vms/test/commands", {
      method: "POST",
      body: JSON.stringify({ action: "resume" }),
      headers: { "x-csrf-token": mine.csrf },
    });
    assert.equal(await status(response), 202);
    const bearer = await server.fetch("/api/v1/vms/test/commands", {
      method: "POST",
      body: JSON.stringify({ action: "resume" }),
    });
    assert.equal(await status(bearer), 202);
  });

  await t.step("signing in again works from a page of before", async () => {
    const body = form({ username: ADMIN.username, password: ADMIN.password });
    assert.equal(await status(await mine.fetch("/login", { method: "POST", body })), 303);
  });

  await t.step("the account's pages take no token of a program", async () => {
    for (const page of ["/account", "/account/tokens", "/account/password"]) {
      assert.equal(await status(await server.fetch(page)), 403, page);
      const body = form({ name: "x", role: "admin", days: "7", password: ADMIN.password });
      assert.equal(await status(await server.fetch(page, { method: "POST", body })), 403, page);
    }
  });
});
