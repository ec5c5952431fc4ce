import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { Tokens } from "./tokens.ts";

const claims = () => ({ sid: "session", expiresAt: Math.floor(Date.now() / 1000) * 1000 + 60_000 });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = (text: string | undefined) =>
  JSON.parse(Buffer.from(text ?? "", "base64url").toString());

/** A JWT of any header and payload, signed by hand rather than by the library under test. */
function jwt(header: unknown, payload: unknown, key: Uint8Array, hash = "sha256"): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac(hash, key).update(text).digest("base64url")}`;
}

Deno.test("Tokens.verify gives back the claims that were signed", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const signed = claims();
  assert.deepEqual(await tokens.verify(await tokens.sign("alice", signed)), signed);
});

Deno.test("Tokens.verify knows the tokens of an earlier start by the key file", async () => {
  using folder = temporaryFolder();
  const token = await new Tokens(folder.path).sign("alice", claims());
  assert.ok(await new Tokens(folder.path).verify(token));
});

Deno.test("Tokens.verify refuses a token that has expired", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const token = await tokens.sign("alice", { sid: "session", expiresAt: Date.now() - 1_000 });
  assert.equal(await tokens.verify(token), null);
});

Deno.test("Tokens.verify refuses a token of another data folder", async () => {
  using here = temporaryFolder();
  using there = temporaryFolder();
  const token = await new Tokens(there.path).sign("alice", claims());
  assert.equal(await new Tokens(here.path).verify(token), null);
});

Deno.test("Tokens.verify takes a token made by hand, and none that differs in one claim", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const key = Deno.readFileSync(join(folder.path, "token.key"));
  const header = { alg: "HS256", typ: "JWT" };
  const now = Math.floor(Date.now() / 1000);
  const good = {
    sub: "alice",
    iss: "virtglass",
    aud: "api",
    iat: now,
    exp: now + 60,
    sid: "session",
  };
  // The one that is right shows that the others are refused for what they say.
  assert.ok(await tokens.verify(jwt(header, good, key)));
  const { exp: _exp, ...noExp } = good;
  const { sid: _sid, ...noSid } = good;
  const { aud: _aud, ...noAud } = good;
  const forged: Record<string, string> = {
    "alg none": `${part({ alg: "none" })}.${part(good)}.`,
    "alg none with a signature": jwt({ alg: "none" }, good, key),
    "alg HS512": jwt({ alg: "HS512" }, good, key, "sha512"),
    "another key": jwt(header, good, new Uint8Array(32)),
    "an empty key": jwt(header, good, new Uint8Array(0)),
    "another audience": jwt(header, { ...good, aud: "ws" }, key),
    "no audience": jwt(header, noAud, key),
    "another issuer": jwt(header, { ...good, iss: "evil" }, key),
    "no exp": jwt(header, noExp, key),
    "an exp that is text": jwt(header, { ...good, exp: "tomorrow" }, key),
    "no session": jwt(header, noSid, key),
    "a session that is a number": jwt(header, { ...good, sid: 7 }, key),
    "not yet valid": jwt(header, { ...good, nbf: now + 600 }, key),
    "an unknown critical header": jwt({ ...header, crit: ["x"], x: 1 }, good, key),
  };
  for (const [what, token] of Object.entries(forged)) {
    assert.equal(await tokens.verify(token), null, what);
  }
});

Deno.test("Tokens.verify refuses a token in which a part was exchanged", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const [header, payload, signature] = (await tokens.sign("alice", claims())).split(".");
  const other = part({ ...decoded(payload), sid: "another" });
  assert.equal(await tokens.verify(`${header}.${other}.${signature}`), null);
  for (const text of ["", ".", "..", "a.b.c", `${header}.${payload}`, `${header}.${payload}.`]) {
    assert.equal(await tokens.verify(text), null, text);
  }
});

Deno.test("Tokens keeps its key in a file that only the owner reads", () => {
  using folder = temporaryFolder();
  new Tokens(folder.path);
  const { mode, size } = Deno.statSync(join(folder.path, "token.key"));
  assert.equal(mode! & 0o777, 0o600);
  assert.equal(size, 32);
});

Deno.test("Tokens refuses a damaged key file, and says which", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "token.key");
  Deno.writeTextFileSync(file, "short");
  assert.throws(() => new Tokens(folder.path), new RegExp(`${file} is damaged`));
});
