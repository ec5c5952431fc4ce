/** From where a browser may be sent here, and by which names. */
import assert from "node:assert/strict";
import { ADMIN, Server } from "@/tests/harness/server.ts";
import { upgradeStatus } from "@/tests/harness/upgrade.ts";

const SOCKETS = ["/ws/events", "/ws/vms/test", "/ws/vms/test/console"];

Deno.test("sockets and changes are for pages of this server alone", async (t) => {
  await using server = await Server.start({ connect: "test:///default" });
  const { url, token } = server;
  const { host, port } = new URL(url);
  const cookie = await signIn(server);

  /** Who asks, and with which headers; none of them is a page of this server. */
  const strangers: Record<string, Record<string, string>> = {
    "another site": { Origin: "https://evil.example" },
    "another site, by a word of its name": { Origin: `https://${host}.evil.example` },
    "no site": { Origin: "null" },
    "an empty one": { Origin: "" },
    "no origin at all": {},
    "another port": { Origin: `http://127.0.0.1:${Number(port) - 1}` },
    "no port": { Origin: "http://127.0.0.1" },
    "another scheme": { Origin: `https://${host}` },
    "the socket's scheme": { Origin: `ws://${host}` },
    "a name that is ours, but not the one asked for": { Origin: `http://localhost:${port}` },
    "a name with a user before it": { Origin: `http://${host}@evil.example` },
    "our name with a user before it": { Origin: `http://evil.example@${host}` },
    "upper case": { Origin: `HTTP://${host}` },
    "a dot at its end": { Origin: `http://127.0.0.1.:${port}` },
    "a path": { Origin: `${url}/` },
    "two": { Origin: `${url}, https://evil.example` },
    "a page of ours in a frame of none": { Origin: "null", "Sec-Fetch-Site": "same-origin" },
    "a name that was rebound": { Host: "evil.example", Origin: "http://evil.example" },
    "a name that was rebound, with our port": {
      Host: `evil.example:${port}`,
      Origin: `http://evil.example:${port}`,
    },
    "our name below another": {
      Host: `${host.replace(":", ".evil.example:")}`,
      Origin: `http://${host.replace(":", ".evil.example:")}`,
    },
    "a name below ours": {
      Host: `evil.localhost:${port}`,
      Origin: `http://evil.localhost:${port}`,
    },
    "our name with a dot at its end": {
      Host: `localhost.:${port}`,
      Origin: `http://localhost.:${port}`,
    },
    "a host with a user": { Host: `evil@${host}`, Origin: url },
    "a host with another behind a user": { Host: `${host}@evil.example`, Origin: url },
    "a host with a path": { Host: `${host}/evil`, Origin: url },
    "an address of others": { Host: `192.0.2.1:${port}`, Origin: `http://192.0.2.1:${port}` },
    "a host that is said to be forwarded": {
      Host: "evil.example",
      Origin: url,
      "X-Forwarded-Host": host,
    },
  };

  let upgrades = 0;
  for (const [what, headers] of Object.entries(strangers)) {
    await t.step(`no socket for ${what}`, async () => {
      for (const path of SOCKETS) {
        const status = await upgradeStatus(`${url}${path}`, { Cookie: cookie, ...headers });
        if (status === 101) upgrades++;
        assert.ok([400, 403, 421].includes(status), `${path}: ${status}`);
      }
    });
    // fetch sets these itself.
    if ("Host" in headers) continue;
    await t.step(`no change for ${what}`, async () => {
      if (headers["Sec-Fetch-Site"]) return;
      const response = await server.fetch("/api/v1/vms/test/commands", {
        token: null,
        method: "POST",
        headers: { cookie, "content-type": "application/json", ...headers },
        body: JSON.stringify({ action: "suspend" }),
      });
      const { code } = await response.json();
      assert.deepEqual([response.status, code], [403, "FORBIDDEN"]);
    });
  }
  await t.step("which makes 0 upgrades, and no VM that was touched", async () => {
    assert.equal(upgrades, 0);
    const { status } = await server.json("/api/v1/vms/test") as { status: string };
    assert.equal(status, "running");
  });

  await t.step("a page of ours has its sockets, by whatever name it was asked for", async () => {
    for (const name of [host, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      const headers = { Cookie: cookie, Host: name, Origin: `http://${name.toLowerCase()}` };
      assert.equal(await upgradeStatus(`${url}/ws/events`, headers), 101, name);
    }
  });

  await t.step("a program without an origin has them by its token, not by a cookie", async () => {
    const bearer = { Authorization: `Bearer ${token}` };
    assert.equal(await upgradeStatus(`${url}/ws/events`, bearer), 101);
    assert.equal(await upgradeStatus(`${url}/ws/events?token=${token}`), 101);
    assert.equal(await upgradeStatus(`${url}/ws/events?token=${token}`, { Cookie: cookie }), 101);
    assert.equal(await upgradeStatus(`${url}/ws/events?token=`, { Cookie: cookie }), 401);
    const basic = { Cookie: cookie, Authorization: "Basic YTpi" };
    assert.equal(await upgradeStatus(`${url}/ws/events`, basic), 403);
    const evil = { ...bearer, Origin: "https://evil.example" };
    assert.equal(await upgradeStatus(`${url}/ws/events`, evil), 403);
  });

  await t.step(
    "a form of ours that names no origin is known by what the browser adds",
    async () => {
      const post = async (headers: Record<string, string>) => {
        const response = await server.fetch("/logout", {
          token: null,
          method: "POST",
          headers: { cookie: "virtglass=none", ...headers },
        });
        await response.body?.cancel();
        return response.status;
      };
      assert.equal(await post({ origin: "null", "sec-fetch-site": "same-origin" }), 303);
      for (const site of ["same-site", "cross-site", "none", ""]) {
        assert.equal(await post({ origin: "null", "sec-fetch-site": site }), 403, site);
      }
      assert.equal(await post({ origin: url }), 303);
      assert.equal(await post({}), 403);
    },
  );
});

Deno.test("pages answer to the server's names alone", async (t) => {
  const args = ["--allowed-hosts", "vms.example,kvm1"];
  await using server = await Server.start({ connect: "test:///default", args });
  const { host, port } = new URL(server.url);
  for (
    const [name, status] of [
      [host, 200],
      [`localhost:${port}`, 200],
      [`vms.example:${port}`, 200],
      ["VMS.example", 200],
      [`kvm1:1`, 200],
      [`${Deno.hostname()}:${port}`, 200],
      [`evil.example:${port}`, 421],
      [`evil.vms.example`, 421],
      [`192.0.2.1:${port}`, 421],
      ["3221225985", 421],
      ["a b", 400],
      ["[::1]:99999", 400],
      ["[::1", 400],
    ] as const
  ) {
    await t.step(`Host: ${name} is answered ${status}`, async () => {
      const answer = await ask(server, `GET /login HTTP/1.1\r\nHost: ${name}`);
      assert.equal(answer.status, status, answer.text);
      if (status === 421) assert.match(answer.text, /--allowed-hosts/);
      assert.equal(answer.text.includes("<html"), status === 200);
    });
  }

  await t.step("what the request line names must be what Host names", async () => {
    const lines = `GET http://evil.example/login HTTP/1.1\r\nHost: ${host}`;
    assert.equal((await ask(server, lines)).status, 400);
    const own = `GET http://${host}/login HTTP/1.1\r\nHost: ${host}`;
    assert.equal((await ask(server, own)).status, 200);
  });
  await t.step("and nothing of that is an error in the log", () => {
    assert.deepEqual(server.logs.filter(({ level }) => level === "ERROR"), []);
  });
});

async function signIn(server: Server): Promise<string> {
  const response = await server.fetch("/login", {
    token: null,
    method: "POST",
    headers: { origin: server.url },
    body: new URLSearchParams({ ...ADMIN }),
  });
  assert.equal(response.status, 303, await response.text());
  return response.headers.get("set-cookie")!.split(";")[0]!;
}

/** Asks by hand, with headers that fetch does not let through. */
async function ask(server: Server, head: string): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const bytes = new TextEncoder().encode(`${head}\r\nConnection: close\r\n\r\n`);
  await connection.write(bytes);
  const text = await new Response(connection.readable).text();
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text };
}
