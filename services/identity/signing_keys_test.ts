import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { later } from "@/tests/services/identity.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { Tokens } from "./tokens.ts";

const DAY = 24 * 3600 * 1000;
const claims = () => ({ sid: "session", expiresAt: Date.now() + 600_000 });

Deno.test("SigningKeys.rotate signs with a new key, and believes the old one until its last token ends", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const before = await tokens.sign("alice", claims());
  await tokens.keys.rotate();
  const after = await tokens.sign("alice", claims());
  assert.notEqual(before.split(".")[0], after.split(".")[0], "the kid tells the two apart");
  assert.ok(await tokens.verify(before) && await tokens.verify(after));
  // After a start in between, too.
  assert.ok(await new Tokens(folder.path).verify(before));

  // Were it to last longer than it says, it would not be believed either.
  const long = await tokens.sign("alice", { sid: "session", expiresAt: Date.now() + DAY });
  await tokens.keys.rotate();
  await later(599_000, async () => assert.ok(await tokens.verify(long)));
  await later(601_000, async () => assert.equal(await tokens.verify(long), null));
  assert.equal(existsSync(join(folder.path, "token.key.old")), false, "the old key is gone");
});

Deno.test("SigningKeys believes no key but the last two", async () => {
  using folder = temporaryFolder();
  const tokens = new Tokens(folder.path);
  const token = await tokens.sign("alice", claims());
  await tokens.keys.rotate();
  await tokens.keys.rotate();
  assert.equal(await tokens.verify(token), null);
});

Deno.test("SigningKeys rotates by itself once a key is 30 days old, for many that ask at once", async () => {
  // In which order they are answered differs from time to time.
  for (let time = 0; time < 20; time++) await rotation();
});

async function rotation(): Promise<void> {
  using folder = temporaryFolder();
  const file = join(folder.path, "token.key");
  const old = await new Tokens(folder.path).sign("alice", claims());
  const kept = Deno.readFileSync(file);
  const made = new Date(Date.now() - 31 * DAY);
  Deno.utimeSync(file, made, made);
  const tokens = new Tokens(folder.path);
  const signed = await Promise.all(
    Array.from({ length: 8 }, () => tokens.sign("alice", claims())),
  );
  for (const token of [old, ...signed]) assert.ok(await tokens.verify(token));
  assert.notDeepEqual(Deno.readFileSync(file), kept);
  assert.deepEqual(Deno.readFileSync(`${file}.old`), kept);
  for (const path of [file, `${file}.old`]) assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
}

Deno.test("SigningKeys makes the new key at the next start when it was ended in a rotation", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "token.key");
  const token = await new Tokens(folder.path).sign("alice", claims());
  Deno.renameSync(file, `${file}.old`);
  const tokens = new Tokens(folder.path);
  assert.ok(await tokens.verify(token));
  assert.ok(await tokens.verify(await tokens.sign("alice", claims())));
});

Deno.test("SigningKeys makes a key that others may read its owner's alone again", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "token.key");
  new Tokens(folder.path);
  Deno.chmodSync(file, 0o644);
  new Tokens(folder.path);
  assert.equal(Deno.statSync(file).mode! & 0o777, 0o600);
});
