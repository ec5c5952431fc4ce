/** Every schema that was ever released moves on to today's, and loses nothing. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "@/services/store/migrations.ts";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";

/** The SQL of stores as old versions left them, by the number of their schema. */
const released = [...Deno.readDirSync(`${import.meta.dirname}/schemas`)]
  .map(({ name }) => Number(name.replace(".sql", ""))).toSorted((a, b) => a - b);

/** Tables, columns and indexes of a store, as SQLite lists them: a text of SQL says less. */
function shape(file: string): unknown {
  using db = new DatabaseSync(file, { readOnly: true });
  const names = db.prepare("SELECT name, type FROM sqlite_schema ORDER BY name").all() as {
    name: string;
    type: string;
  }[];
  return names.map(({ name, type }) => [
    ...[name, type],
    db.prepare("SELECT name, type, [notnull], pk FROM pragma_table_info(?) ORDER BY name").all(
      name,
    ),
    db.prepare("SELECT [table], [from], [to], on_delete FROM pragma_foreign_key_list(?)").all(name),
  ]);
}

/** The shape of a store that is made now. */
function today(): unknown {
  using folder = temporaryFolder();
  new Store(folder.path)[Symbol.dispose]();
  return shape(`${folder.path}/virtglass.db`);
}

/** A data folder with the store that this SQL makes. */
function storeOf(folder: string, ...sql: string[]): string {
  const file = `${folder}/virtglass.db`;
  using db = new DatabaseSync(file);
  for (const step of sql) db.exec(step);
  return file;
}

Deno.test("the schemas that were released are kept, each from the first on", () => {
  assert.ok(released.length >= 3);
  assert.deepEqual(released, Array.from(released, (_, index) => index + 1));
});

for (const schema of released) {
  Deno.test(`a store of schema ${schema} moves on to today's, with all that is in it`, () => {
    using folder = temporaryFolder();
    const sql = Deno.readTextFileSync(`${import.meta.dirname}/schemas/${schema}.sql`);
    const file = storeOf(folder.path, sql);
    {
      using store = new Store(folder.path);
      const get = (query: string) => ({ ...store.get<Record<string, unknown>>(query) });
      assert.deepEqual(
        store.all<Record<string, unknown>>(
          "SELECT name, role, password, created_at FROM users ORDER BY name",
        ).map((row) => ({ ...row })),
        [
          ["alice", "admin", "hash of alice", 1_700_000_000_000],
          ["bob", "viewer", "hash of bob", 1_700_000_001_000],
        ].map(([name, role, password, created_at]) => ({ name, role, password, created_at })),
      );
      assert.equal(get("SELECT count(*) AS count FROM sessions WHERE user = 'alice'").count, 1);
      assert.equal(get("SELECT status FROM vm_states").status, "running");
      assert.deepEqual(
        store.all<Record<string, unknown>>(
          "SELECT request_id, user, force, success FROM commands ORDER BY created_at",
        ).map(({ request_id, user, force, success }) => [request_id, user, force, success]),
        [["r1", "alice", 0, 1], ["r2", "bob", 1, null]],
      );
      if (schema >= 2) assert.equal(get("SELECT bytes FROM recordings").bytes, 4096);
      assert.deepEqual(store.all("PRAGMA foreign_key_check"), []);
    }
    assert.deepEqual(shape(file), today());
  });
}

for (const [before] of MIGRATIONS.entries()) {
  Deno.test(`an empty store of schema ${before} moves on to what a new one is`, () => {
    using folder = temporaryFolder();
    const steps = MIGRATIONS.slice(0, before);
    const file = storeOf(folder.path, ...steps, `PRAGMA user_version = ${before}`);
    new Store(folder.path)[Symbol.dispose]();
    assert.deepEqual(shape(file), today());
  });
}

Deno.test("a store of a newer version is refused, and not a byte of it is changed", () => {
  using folder = temporaryFolder();
  const newer = MIGRATIONS.length + 1;
  const file = storeOf(folder.path, ...MIGRATIONS, `PRAGMA user_version = ${newer}`);
  const before = Deno.readFileSync(file);
  assert.throws(() => new Store(folder.path), {
    code: "CONFLICT",
    message: new RegExp(`newer virtglass \\(schema ${newer}; this one knows ${newer - 1}\\)`),
  });
  assert.deepEqual(Deno.readFileSync(file), before);
});
