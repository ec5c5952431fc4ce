import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { tokenMutations } from "@/tests/harness/token_mutations.ts";
import { Tokens } from "./tokens.ts";

const claims = () => ({ sid: "session", expiresAt: Math.floor(Date.now() / 1000) * 1000 + 60_000 });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = (text: string | undefined) =>
  JSON.parse(Buffer.from(text ?? "", "base64url").toString());

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

Deno.test("Tokens.verify takes a token made by hand, and none that differs", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const { kid, bytes: key } = await tokens.keys.current();
  const { good, mutations } = tokenMutations({ kid, key, aud: "api" });
  // The one that is right shows that the others are refused for what they say.
  assert.ok(await tokens.verify(good));
  for (const [what, token] of Object.entries(mutations)) {
    assert.equal(await tokens.verify(token), null, what);
  }
});

Deno.test("Tokens.verifyTicket takes a ticket made by hand, and none that differs", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const { kid, bytes: key } = await tokens.keys.current();
  const more = { jti: "ticket", path: "/ws/events" };
  const { good, mutations } = tokenMutations({ kid, key, aud: "ws", more });
  assert.equal((await tokens.verifyTicket(good))?.path, "/ws/events");
  for (const [what, token] of Object.entries(mutations)) {
    assert.equal(await tokens.verifyTicket(token), null, what);
  }
});

Deno.test("Tokens takes no ticket for an access token, nor the other way", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  assert.equal(await tokens.verifyTicket(await tokens.sign("alice", claims())), null);
  const ticket = { ...claims(), jti: "ticket", path: "/ws/events" };
  assert.equal(await tokens.verify(await tokens.signTicket("alice", ticket)), null);
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
