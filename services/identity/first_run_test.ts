import assert from "node:assert/strict";
import { join } from "node:path";
import { Audit } from "@/services/audit/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { Store } from "@/services/store/mod.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { COMMAND_LINE } from "./actor.ts";
import { FirstRun } from "./first_run.ts";
import { Users } from "./users.ts";
import { quickHashes } from "@/tests/services/quick_hashes.ts";

const PASSWORD = "correct horse 42";

class Fixture implements Disposable {
  readonly #folder = temporaryFolder();
  readonly #store = new Store(this.#folder.path);
  readonly file = join(this.#folder.path, "setup.code");
  readonly #audit = new Audit(this.#store, this.#folder.path, 365);
  readonly users = new Users(this.#store, this.#audit, quickHashes());
  readonly firstRun: FirstRun;
  /** The codes that were told. */
  readonly codes: string[] = [];
  readonly #second = Promise.withResolvers<void>();

  /** @param lifetime milliseconds that a code is good for */
  constructor(lifetime?: number) {
    this.firstRun = new FirstRun(this.#folder.path, this.users, this.#audit, lifetime);
  }

  start(): void {
    this.firstRun.start((code, file) => {
      assert.equal(file, this.file);
      this.codes.push(code);
      if (this.codes.length === 2) this.#second.resolve();
    });
  }

  /** Resolves when a second code was told. */
  again(): Promise<void> {
    return within(5_000, "another code", this.#second.promise);
  }

  makeAdmin(code: string, name = "ada", password = PASSWORD): Promise<void> {
    return this.firstRun.makeAdmin(code, name, password, COMMAND_LINE);
  }

  get written(): string | null {
    try {
      return Deno.readTextFileSync(this.file).trim();
    } catch {
      return null;
    }
  }

  [Symbol.dispose](): void {
    this.firstRun[Symbol.dispose]();
    this.#audit[Symbol.dispose]();
    this.#store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}

const refusedAs = (code: string) => (error: unknown) =>
  error instanceof GlassError && error.code === code;

Deno.test("FirstRun makes the first admin with its code, once, and forgets the code", async () => {
  using fixture = new Fixture();
  assert.equal(fixture.firstRun.needed, true);
  fixture.start();
  const [code] = fixture.codes;
  assert.match(code!, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  assert.equal(fixture.written, code);
  assert.equal(Deno.statSync(fixture.file).mode! & 0o777, 0o600);
  await fixture.makeAdmin(code!);
  assert.deepEqual(fixture.users.get("ada"), { name: "ada", role: "admin" });
  assert.equal(fixture.firstRun.needed, false);
  assert.equal(fixture.written, null);
  await assert.rejects(fixture.makeAdmin(code!, "eve"), refusedAs("CONFLICT"));
  assert.equal(fixture.users.get("eve"), undefined);
});

Deno.test("FirstRun takes the code as people type it, and no other", async () => {
  using fixture = new Fixture();
  await assert.rejects(fixture.makeAdmin(""), refusedAs("FORBIDDEN"));
  fixture.start();
  const code = fixture.codes[0]!;
  const wrong = [
    "",
    "-",
    code.slice(1),
    `${code}a`,
    code.replace(/.$/, "1"),
    "aaaa-aaaa-aaaa-aaaa",
  ];
  for (const text of wrong) {
    await assert.rejects(fixture.makeAdmin(text), refusedAs("FORBIDDEN"), text);
  }
  await fixture.makeAdmin(` ${code.toUpperCase().replaceAll("-", " ")} `);
  assert.ok(fixture.users.get("ada"));
});

Deno.test("FirstRun lets a bad name or password be mended with the same code", async () => {
  using fixture = new Fixture();
  fixture.start();
  const code = fixture.codes[0]!;
  await assert.rejects(fixture.makeAdmin(code, "a b"), refusedAs("INVALID_MESSAGE"));
  await assert.rejects(fixture.makeAdmin(code, "ada", "password1"), refusedAs("INVALID_MESSAGE"));
  await fixture.makeAdmin(code);
});

Deno.test("FirstRun makes one admin of two who come at once", async () => {
  using fixture = new Fixture();
  fixture.start();
  const results = await Promise.allSettled([
    fixture.makeAdmin(fixture.codes[0]!, "ada"),
    fixture.makeAdmin(fixture.codes[0]!, "eve"),
  ]);
  assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
  assert.equal(fixture.users.list().length, 1);
});

Deno.test("FirstRun makes another code when one has expired, and at each start", async () => {
  using fixture = new Fixture(200);
  fixture.start();
  await fixture.again();
  const [first, second] = fixture.codes;
  assert.notEqual(first, second);
  assert.equal(fixture.written, second);
  await assert.rejects(fixture.makeAdmin(first!), refusedAs("FORBIDDEN"));
  fixture.start();
  assert.notEqual(fixture.codes[2], second);
});

Deno.test("FirstRun is over once the command line has made an admin", async () => {
  using fixture = new Fixture();
  fixture.start();
  await fixture.users.add("olga", "operator", PASSWORD, COMMAND_LINE);
  assert.equal(fixture.firstRun.needed, true);
  await fixture.users.add("ada", "admin", PASSWORD, COMMAND_LINE);
  assert.equal(fixture.firstRun.needed, false);
  assert.equal(fixture.written, null);
  fixture.start();
  assert.equal(fixture.codes.length, 1);
});
