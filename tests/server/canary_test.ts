import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { Authenticator } from "@/tests/harness/authenticator.ts";
import { ByteReader } from "@/tests/harness/byte_reader.ts";
import { Server, virtglass } from "@/tests/harness/server.ts";
import { stored } from "@/tests/harness/stored.ts";
import { askUpgrade } from "@/tests/harness/upgrade.ts";
import { within } from "@/tests/harness/wait.ts";
import { WebSession } from "@/tests/harness/web_session.ts";

/** One answer of the server, headers and all. */
interface Answer {
  asked: string;
  text: string;
  /** What it is there to hand out. */
  gives: Set<string>;
}

/** Asks a server and keeps every answer. */
class Watch {
  readonly answers: Answer[] = [];
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer & { body: string }> {
    const response = await fetch(`${this.#url}${path}`, { redirect: "manual", ...init });
    const body = await response.text();
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    const text = `${response.status}\n${headers}\n\n${body}`;
    return Object.assign(this.#keep(`${init.method ?? "GET"} ${path.split("?")[0]}`, text), {
      body,
    });
  }

  async json(
    path: string,
    body: unknown,
    headers: HeadersInit = {},
  ): Promise<Answer & { body: string }> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return await this.ask(path, { method: "POST", body: text, headers });
  }

  /** Asks for a socket; the answer is what comes before the first message. */
  async upgrade(path: string, headers: Record<string, string> = {}): Promise<void> {
    using connection = await askUpgrade(`${this.#url.replace("http", "ws")}${path}`, headers);
    const reader = new ByteReader(connection);
    const head = await within(10_000, "an answer to the upgrade", reader.until("\r\n\r\n"));
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    const body = length > 0
      ? new TextDecoder().decode(await reader.exactly(length) ?? undefined)
      : "";
    this.#keep(`upgrade ${path.split("?")[0]}`, head + body);
  }

  #keep(asked: string, text: string): Answer {
    const answer = { asked, text, gives: new Set<string>() };
    this.answers.push(answer);
    return answer;
  }
}

/** A secret by what it is, and every text by which it would be found again. */
class Secrets {
  readonly #all = new Map<string, string[]>();

  /** Says that this answer hands out this secret; other answers must not have it. */
  given(what: string, secret: string, ...answers: Answer[]): string {
    assert.ok(secret.length >= 16, `${what} is long enough not to be found by chance`);
    const bytes = Buffer.from(secret);
    const parts = secret.split(".");
    this.#all.set(what, [
      ...new Set([
        // Of a JWT its signature: without that, the rest is worth nothing.
        parts.length === 3 ? parts[2]! : secret,
        encodeURIComponent(secret),
        secret.replace(/[\s-]/g, ""),
        bytes.toString("base64").replace(/=+$/, ""),
        bytes.toString("hex"),
      ]),
    ]);
    for (const answer of answers) answer.gives.add(what);
    return secret;
  }

  get count(): number {
    return this.#all.size;
  }

  /** What of it stands in this text. */
  in(text: string): string[] {
    const lower = text.toLowerCase();
    return [...this.#all].filter(([, texts]) =>
      texts.some((secret) => lower.includes(secret.toLowerCase()))
    ).map(([what]) => what);
  }
}

const random = () => crypto.randomUUID().replaceAll("-", "");
const field = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? "";

Deno.test("canaries: no secret is in a log, the store, an error, a header, or any answer but its own", async (t) => {
  await using server = await Server.start({
    connect: "test:///default",
    // What is refused for its rate is not looked at.
    args: ["--limits-requests", "100000"],
  });
  const watch = new Watch(server.url);
  const secrets = new Secrets();
  const password = secrets.given("the password", `canary-${random()}`);
  const next = secrets.given("the new password", `canary-${random()}`);
  const wrong = secrets.given("a wrong password", `canary-${random()}`);
  const add = ["user", "add", "carol", "--role=operator", "--password-stdin", "--data-dir"];
  await virtglass([...add, server.dataDir], password);
  let recovery: string[] = [];
  let app!: Authenticator;
  /** Everything that somebody might show, by what it is. */
  const shown: string[] = [wrong, password];

  await t.step("signing in: REST and page, right and wrong", async () => {
    const answer = await watch.json("/api/v1/auth/login", { username: "carol", password });
    const { token, refreshToken } = JSON.parse(answer.body);
    shown.push(secrets.given("an access token", token, answer));
    shown.push(secrets.given("a refresh token", refreshToken, answer));
    const bodies = [
      { username: "carol", password: wrong },
      { username: password, password: wrong },
      { username: "carol", password: { password } },
      { username: "carol", password: [password], code: password },
      { username: "carol", password: password.repeat(40) },
      { username: "carol", password, code: 7 },
      `{"username": "carol", "password": "${password}`,
      `username=carol&password=${password}`,
    ];
    for (const body of bodies) await watch.json("/api/v1/auth/login", body);
    const form = (password: string) => new URLSearchParams({ username: "carol", password });
    await watch.ask("/login", { method: "POST", body: form(wrong) });
    const page = await watch.ask("/login", { method: "POST", body: form(password) });
    const cookie = /virtglass=([^;]+)/.exec(page.text)?.[1] ?? "";
    shown.push(secrets.given("a cookie", cookie, page));
  });

  await t.step("refresh tokens: right, wrong, spent", async () => {
    const refresh = (refreshToken: string) => watch.json("/api/v1/auth/refresh", { refreshToken });
    const first = shown[3]!;
    const answer = await refresh(first);
    const { token, refreshToken } = JSON.parse(answer.body);
    secrets.given("the next access token", token, answer);
    secrets.given("the next refresh token", refreshToken, answer);
    await refresh(first);
    await refresh(refreshToken);
    await refresh(password);
  });

  await t.step("an account's secrets: password, second factor, API token", async () => {
    const web = await WebSession.signIn(server, "carol", password);
    const init = (fields: Record<string, string>) => ({
      method: "POST",
      headers: { cookie: web.cookie, origin: server.url },
      body: new URLSearchParams({ csrf: web.csrf, ...fields }),
    });
    secrets.given("another cookie", web.cookie.split("=")[1]!);
    shown.push(web.csrf);
    await watch.ask("/account/second-factor", init({ do: "begin", password: wrong }));
    await watch.ask("/account/second-factor", init({ do: "begin", password }));
    const enrol = await watch.ask("/account/second-factor", { headers: { cookie: web.cookie } });
    const secret = /id="secret">([^<]+)</.exec(enrol.body)![1]!;
    const wrongCode = init({ do: "confirm", code: "000000" });
    const again = await watch.ask("/account/second-factor", wrongCode);
    shown.push(secrets.given("the TOTP secret", secret.replaceAll(" ", ""), enrol, again));
    secrets.given("the TOTP secret as it is shown", secret, enrol, again);
    app = new Authenticator(secret);
    const on = await watch.ask(
      "/account/second-factor",
      init({ do: "confirm", code: await app.code() }),
    );
    recovery = [...on.body.matchAll(/<code>([a-z2-7-]{19})<\/code>/g)].map(([, code]) => code!);
    assert.equal(recovery.length, 10);
    for (const [n, code] of recovery.entries()) secrets.given(`recovery code ${n}`, code, on);
    shown.push(recovery[9]!);

    const wanted = { name: "canary", role: "operator", days: "7" };
    await watch.ask("/account/tokens", init({ ...wanted, password: wrong }));
    const made = await watch.ask("/account/tokens", init({ ...wanted, password }));
    const token = /vgt_[\w-]+/.exec(made.body)![0];
    shown.push(secrets.given("an API token", token, made));

    const change = { present: password, new: next, again: next };
    await watch.ask("/account/password", init({ ...change, present: wrong }));
    await watch.ask("/account/password", init({ ...change, again: wrong }));
    const changed = await watch.ask("/account/password", init(change));
    const cookie = /virtglass=([^;]+)/.exec(changed.text)?.[1] ?? "";
    secrets.given("the cookie after it", cookie, changed);
    const page = await watch.ask("/account", { headers: { cookie: `virtglass=${cookie}` } });
    assert.match(page.body, /canary/, "the page lists the token by its name");
  });

  await t.step("the second step of signing in", async () => {
    const login = (code: string) =>
      watch.json("/api/v1/auth/login", { username: "carol", password: next, code });
    await watch.json("/api/v1/auth/login", { username: "carol", password: next });
    await login(wrong);
    const answer = await login(recovery[0]!);
    const { token, refreshToken } = JSON.parse(answer.body);
    secrets.given("an access token with a code", token, answer);
    secrets.given("a refresh token with a code", refreshToken, answer);
    await login(recovery[0]!);
    const body = new URLSearchParams({ username: "carol", password: next });
    const page = await watch.ask("/login", { method: "POST", body });
    const challenge = field(page.body, "challenge");
    const step = (code: string) => ({
      method: "POST",
      body: new URLSearchParams({ username: "carol", challenge, code }),
    });
    const again = await watch.ask("/login", step(wrong));
    shown.push(secrets.given("a challenge", challenge, page, again));
    const done = await watch.ask("/login", step(recovery[1]!));
    secrets.given("the cookie of that", /virtglass=([^;]+)/.exec(done.text)?.[1] ?? "", done);
    await watch.ask("/login", step(recovery[2]!));
  });

  await t.step("tickets: used, spent, at another path", async () => {
    const bearer = { authorization: `Bearer ${server.token}` };
    for (const path of ["/ws/events", "/ws/vms/test"]) {
      const answer = await watch.json("/api/v1/auth/ws-ticket", { path }, bearer);
      const { ticket } = JSON.parse(answer.body);
      shown.push(secrets.given(`a ticket for ${path}`, ticket, answer));
      if (path === "/ws/events") {
        await watch.upgrade(`/ws/events?token=${ticket}`);
        await watch.upgrade(`/ws/events?token=${ticket}`);
      } else await watch.upgrade(`/ws/vms/test/console?token=${ticket}`);
    }
  });

  await t.step("every secret in every place, right and wrong", async () => {
    secrets.given("the admin's token", server.token);
    const bearer = { authorization: `Bearer ${server.token}` };
    for (const secret of [...shown, server.token]) {
      const query = `token=${encodeURIComponent(secret)}`;
      const headers: Record<string, string>[] = [
        { authorization: `Bearer ${secret}` },
        { authorization: `Basic ${secret}` },
        { authorization: secret },
        { cookie: `virtglass=${secret}` },
        { cookie: `__Host-virtglass=${secret}` },
        { "x-csrf-token": secret, authorization: `Bearer ${server.token}` },
      ];
      for (const path of ["/api/v1/vms", "/", "/vms/test", "/nothing", "/login"]) {
        await watch.ask(`${path}?${query}`);
        await watch.ask(`${path}?${query}&x=1`, { method: "POST", body: "{}" });
        await watch.ask(`${path}?${query}`, { headers: bearer });
        for (const header of headers) await watch.ask(path, { headers: header });
      }
      for (
        const path of ["/ws/events", "/ws/vms/test", "/ws/vms/nothing", "/ws/vms/test/console"]
      ) {
        await watch.upgrade(`${path}?${query}`);
        await watch.ask(`${path}?${query}`);
      }
      await watch.upgrade("/ws/events", { "sec-websocket-protocol": secret });
      await watch.upgrade("/ws/events", { authorization: `Bearer ${secret}` });
      await watch.json("/api/v1/auth/refresh", { refreshToken: secret });
      await watch.json("/api/v1/auth/login", { username: "carol", password: secret, code: secret });
      using socket = await server.socket("/ws/events");
      socket.send("auth", { token: secret });
      socket.send("heartbeat", {});
      await socket.next("heartbeat");
      const said = JSON.stringify(socket.messages);
      watch.answers.push({ asked: "a socket's messages", text: said, gives: new Set() });
    }
  });

  await t.step("no answer has one but those that hand it out", () => {
    const found = watch.answers.flatMap(({ asked, text, gives }) =>
      secrets.in(text).filter((what) => !gives.has(what)).map((what) => `${asked}: ${what}`)
    );
    assert.deepEqual([...new Set(found)], []);
    const given = watch.answers.filter(({ gives }) => gives.size > 0);
    // The search finds what is there.
    for (const { text, gives } of given) {
      const inText = secrets.in(text);
      for (const what of gives) assert.ok(inText.includes(what), what);
    }
  });

  await t.step(
    "nor has the log, or any file of the store, while it runs and after its end",
    async () => {
      const running = await stored(server.dataDir);
      await server.stop();
      const logs = JSON.stringify(server.logs);
      const kept = await stored(server.dataDir);
      assert.match(logs, /listens on/);
      assert.match(logs, /spent refresh token came again/);
      for (const text of [running, kept]) {
        assert.match(text, /carol/);
        assert.match(text, /second_factors/);
        assert.deepEqual(secrets.in(text), []);
      }
      assert.deepEqual(secrets.in(logs), []);
    },
  );

  assert.ok(secrets.count >= 30, `${secrets.count} canaries`);
  assert.ok(watch.answers.length > 700, `${watch.answers.length} answers`);
});
