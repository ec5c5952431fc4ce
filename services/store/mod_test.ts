import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { otherProcess } from "@/tests/services/other_process.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { GlassError } from "@/services/errors.ts";
import { MIGRATIONS } from "./migrations.ts";
import { lockDataDir, Store } from "./mod.ts";

const STORE = JSON.stringify(import.meta.resolve("./mod.ts"));
const conflict = (error: unknown) => error instanceof GlassError && error.code === "CONFLICT";
const mode = (path: string) => Deno.statSync(path).mode! & 0o777;

Deno.test("Store makes the folder 0700, its files 0600, and migrates", () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, "deep", "data");
  using store = new Store(dataDir);
  store.run("DELETE FROM users");
  assert.equal(mode(dataDir), 0o700);
  const files = [...Deno.readDirSync(dataDir)].map(({ name }) => name);
  assert.ok(files.includes("virtglass.db") && files.includes("virtglass.db-wal"), files.join());
  for (const file of files) assert.equal(mode(join(dataDir, file)), 0o600, file);
  const tables = store.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'");
  const names = new Set(tables.map(({ name }) => name));
  for (
    const name of [
      "audit",
      "commands",
      "grants",
      "metrics_history",
      "recordings",
      "sessions",
      "users",
    ]
  ) {
    assert.ok(names.has(name), name);
  }
});

Deno.test("Store keeps what was written when it is opened again", () => {
  using folder = temporaryFolder();
  {
    using store = new Store(folder.path);
    store.run("INSERT INTO vm_states (uuid, status, since) VALUES ('u', 'running', 7)");
  }
  using store = new Store(folder.path);
  const row = store.get<{ since: number }>("SELECT since FROM vm_states WHERE uuid = ?", "u");
  assert.equal(row?.since, 7);
});

Deno.test("Store takes over the commands of schema 2, and lets a request id come again", () => {
  using folder = temporaryFolder();
  {
    using old = new DatabaseSync(join(folder.path, "virtglass.db"));
    for (const step of MIGRATIONS.slice(0, 2)) old.exec(step);
    old.exec(`
      INSERT INTO commands VALUES ('1', 'alice', 'u', 'web1', 'stop', 1, 2, 3, 0, 'no');
      INSERT INTO commands VALUES ('2', 'alice', 'u', 'web1', 'start', 0, 4, NULL, NULL, NULL);
      PRAGMA user_version = 2;`);
  }
  using store = new Store(folder.path);
  store.run(
    `INSERT INTO commands (request_id, user, vm_uuid, vm_name, action, force, created_at)
     VALUES ('1', 'alice', 'u', 'web1', 'resume', 0, 5)`,
  );
  const rows = store.all<Record<string, unknown>>("SELECT * FROM commands ORDER BY id");
  assert.deepEqual(rows.map((row) => Object.values(row)), [
    [1, "1", "alice", "u", "web1", "stop", 1, 2, 3, 0, "no"],
    [2, "2", "alice", "u", "web1", "start", 0, 4, null, null, null],
    [3, "1", "alice", "u", "web1", "resume", 0, 5, null, null, null],
  ]);
});

Deno.test("Store takes over the users of schema 3 with their roles and sessions", () => {
  using folder = temporaryFolder();
  {
    using old = new DatabaseSync(join(folder.path, "virtglass.db"));
    for (const step of MIGRATIONS.slice(0, 3)) old.exec(step);
    old.exec(`
      INSERT INTO users VALUES ('alice', 'operator', 'scrypt', 7);
      INSERT INTO sessions VALUES ('s', 'alice', 'c', NULL, 1, 2);
      PRAGMA user_version = 3;`);
  }
  using store = new Store(folder.path);
  const alice = store.get<Record<string, unknown>>("SELECT * FROM users");
  assert.deepEqual(
    [alice?.name, alice?.role, alice?.password, alice?.created_at, alice?.disabled_at],
    ["alice", "operator", "scrypt", 7, null],
  );
  assert.equal(store.all("SELECT * FROM sessions WHERE user = 'alice'").length, 1);
  assert.throws(() => store.run("UPDATE users SET role = 'root'"));
  store.run("DELETE FROM users");
  assert.deepEqual(store.all("SELECT * FROM sessions"), []);
});

Deno.test("Store.transaction keeps all of it, or nothing when it throws", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const insert = (uuid: string) =>
    store.run("INSERT INTO vm_states (uuid, status, since) VALUES (?, 'paused', 1)", uuid);
  assert.equal(store.transaction(() => insert("a")), 1);
  assert.throws(() => store.transaction(() => insert("b") && insert("a")));
  assert.deepEqual(
    store.all<{ uuid: string }>("SELECT uuid FROM vm_states").map((row) => row.uuid),
    [
      "a",
    ],
  );
});

Deno.test("Store refuses a newer schema, names both versions, and leaves the file alone", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "virtglass.db");
  const newer = new DatabaseSync(file);
  newer.exec("CREATE TABLE hosts (name TEXT); PRAGMA user_version = 99");
  newer.close();
  assert.throws(
    () => new Store(folder.path),
    (error: unknown) => conflict(error) && /schema 99; this one knows \d+/.test(String(error)),
  );
  using again = new DatabaseSync(file);
  assert.deepEqual({ ...again.prepare("PRAGMA user_version").get() }, { user_version: 99 });
  assert.deepEqual(again.prepare("SELECT name FROM sqlite_schema").all().map((row) => row.name), [
    "hosts",
  ]);
});

Deno.test("Store.run tells how many rows it changed", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const insert = "INSERT INTO vm_states (uuid, status, since) VALUES (?, 'paused', 1)";
  assert.equal(store.run(insert, "a"), 1);
  assert.equal(store.run(insert, "b"), 1);
  assert.equal(store.run("UPDATE vm_states SET since = 2"), 2);
  assert.equal(store.run("DELETE FROM vm_states WHERE uuid = 'none'"), 0);
  assert.equal(store.get("SELECT 1 FROM vm_states WHERE uuid = 'none'"), undefined);
});

Deno.test("Store refuses a session of a user that does not exist", () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  assert.throws(() =>
    store.run(
      "INSERT INTO sessions (id, user, created_at, expires_at) VALUES ('s', 'nobody', 0, 0)",
    )
  );
});

Deno.test("Store.dataVersion changes when another process writes, and only then", async () => {
  using folder = temporaryFolder();
  using store = new Store(folder.path);
  const before = store.dataVersion();
  store.run("INSERT INTO vm_states (uuid, status, since) VALUES ('mine', 'paused', 1)");
  assert.equal(store.dataVersion(), before);
  await using other = otherProcess(`
    const { Store } = await import(${STORE});
    using store = new Store(${JSON.stringify(folder.path)});
    store.run("INSERT INTO vm_states (uuid, status, since) VALUES ('theirs', 'paused', 1)");
    console.log(store.all("SELECT uuid FROM vm_states ORDER BY uuid").map((row) => row.uuid).join());
  `);
  assert.equal(await other.said, "mine,theirs");
  assert.notEqual(store.dataVersion(), before);
});

Deno.test("Store opens a new folder from two processes at once", async () => {
  using folder = temporaryFolder();
  const open = `
    const { Store } = await import(${STORE});
    using store = new Store(${JSON.stringify(folder.path)});
    console.log(store.all("SELECT name FROM sqlite_schema WHERE type = 'table'").length);
  `;
  await using one = otherProcess(open);
  await using two = otherProcess(open);
  const [first, second] = await Promise.all([one.said, two.said]);
  assert.ok(Number(first) > 5, first);
  assert.equal(second, first);
});

Deno.test("lockDataDir refuses a second holder until the first is disposed of", () => {
  using folder = temporaryFolder();
  {
    using _lock = lockDataDir(folder.path);
    assert.throws(
      () => lockDataDir(folder.path),
      (error: unknown) => conflict(error) && String(error).includes(`"${folder.path}"`),
    );
  }
  using _again = lockDataDir(folder.path);
});

Deno.test("lockDataDir leaves the store itself open to other processes", () => {
  using folder = temporaryFolder();
  using _lock = lockDataDir(folder.path);
  using one = new Store(folder.path);
  using two = new Store(folder.path);
  one.run("INSERT INTO vm_states (uuid, status, since) VALUES ('u', 'paused', 1)");
  assert.equal(two.all("SELECT * FROM vm_states").length, 1);
});

Deno.test("lockDataDir is refused while another process holds it, and free once that is killed", async () => {
  using folder = temporaryFolder();
  await using holder = otherProcess(`
    const { lockDataDir } = await import(${STORE});
    using lock = lockDataDir(${JSON.stringify(folder.path)});
    console.log("held");
    await new Promise(() => setInterval(() => {}, 1000));
  `);
  assert.equal(await holder.said, "held");
  assert.throws(() => lockDataDir(folder.path), conflict);
  await holder.kill();
  using _lock = lockDataDir(folder.path);
});

Deno.test("lockDataDir says what to do when the folder cannot be made", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "file");
  Deno.writeTextFileSync(file, "");
  assert.throws(
    () => lockDataDir(join(file, "data")),
    (error: unknown) => error instanceof GlassError && /--data-dir/.test(error.message),
  );
});
