/** What a proxy says of a client, and from whom that is believed. */
import assert from "node:assert/strict";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { upgradeStatus } from "@/tests/harness/upgrade.ts";

const PUBLIC = "https://vms.example";

/** As a proxy that has TLS sends it on. */
const FORWARDED = {
  "X-Forwarded-For": "203.0.113.7",
  "X-Forwarded-Proto": "https",
  "X-Forwarded-Host": "vms.example",
};

Deno.test("behind a listed proxy the client's address, scheme and host are what it says", async (t) => {
  const args = ["--trusted-proxies", "127.0.0.0/8", "--allowed-hosts", "vms.example"];
  await using server = await Server.start({ connect: "test:///default", args });
  const signIn = async (headers: Record<string, string>) => {
    const response = await server.fetch("/login", {
      token: null,
      method: "POST",
      headers: { ...FORWARDED, ...headers },
      body: new URLSearchParams({ ...ADMIN }),
    });
    await response.body?.cancel();
    return response;
  };
  let cookie = "";

  await t.step("the cookie is bound to TLS, which the browser speaks", async () => {
    const response = await signIn({ Origin: PUBLIC });
    assert.equal(response.status, 303);
    const set = response.headers.get("set-cookie")!;
    assert.match(set, /^__Host-virtglass=.*; Secure/);
    cookie = set.split(";")[0]!;
  });
  await t.step("pages and sockets know it again", async () => {
    const page = await server.fetch("/", { token: null, headers: { ...FORWARDED, cookie } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /href="\/vms\/test"/);
    const headers = { ...FORWARDED, Cookie: cookie, Origin: PUBLIC };
    assert.equal(await upgradeStatus(`${server.url}/ws/events`, headers), 101);
  });
  await t.step("the origin is that of the browser's address, and no other", async () => {
    for (const origin of [server.url, "http://vms.example", "https://vms.example:8480"]) {
      assert.equal((await signIn({ Origin: origin })).status, 403, origin);
      const headers = { ...FORWARDED, Cookie: cookie, Origin: origin };
      assert.equal(await upgradeStatus(`${server.url}/ws/events`, headers), 403, origin);
    }
  });
  await t.step("a host that is not ours stays so, whoever forwards it", async () => {
    const status = (await signIn({ "X-Forwarded-Host": "evil.example" })).status;
    assert.equal(status, 421);
    for (const host of ["a b", "evil@vms.example", "vms.example/x", "[::1"]) {
      assert.equal((await signIn({ "X-Forwarded-Host": host })).status, 400, host);
    }
    assert.equal((await signIn({ "X-Forwarded-Proto": "gopher" })).status, 400);
  });
  await t.step(
    "of several hosts and schemes the last counts, which our proxy has added",
    async () => {
      const response = await signIn({
        Origin: PUBLIC,
        "X-Forwarded-Host": "evil.example, vms.example",
        "X-Forwarded-Proto": "http, https",
      });
      assert.equal(response.status, 303);
    },
  );
});

Deno.test("what somebody else says is not believed", async (t) => {
  const args = ["--trusted-proxies", "192.0.2.1", "--allowed-hosts", "vms.example"];
  await using server = await Server.start({ connect: "test:///default", args });
  await t.step("no scheme", async () => {
    const response = await server.fetch("/login", {
      token: null,
      method: "POST",
      headers: { ...FORWARDED, Origin: server.url },
      body: new URLSearchParams({ ...ADMIN }),
    });
    await response.body?.cancel();
    assert.match(response.headers.get("set-cookie")!, /^virtglass=/);
  });
  await t.step("no host", async () => {
    const headers = { ...FORWARDED, Origin: PUBLIC, Authorization: `Bearer ${server.token}` };
    assert.equal(await upgradeStatus(`${server.url}/ws/events`, headers), 403);
  });
});

Deno.test("plain HTTP, where others can connect, is for listed proxies alone", async () => {
  const [own] = Deno.networkInterfaces()
    .filter(({ family, address }) => family === "IPv4" && !address.startsWith("127."));
  if (own === undefined) return console.log("skipped: proxy: there is no network but loopback");
  const args = ["--tls", "off", "--trusted-proxies", "192.0.2.1"];
  await using server = await Server.start({
    connect: "test:///default",
    args,
    listen: "0.0.0.0:0",
  });
  const { port } = new URL(server.url);
  const response = await fetch(`http://${own.address}:${port}/login`);
  assert.equal(response.status, 403);
  assert.match(await response.text(), /--trusted-proxies alone/);
});
