/** Every schema that was ever released moves on to today's, and loses nothing. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { HeadFile } from "@/services/audit/head.ts";
import { AuditTable } from "@/services/audit/table.ts";
import { verifyAudit } from "@/services/audit/verify.ts";
import { MIGRATIONS } from "@/services/store/migrations.ts";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { dump } from "./dump.ts";
import { released, schemaFile } from "./released.ts";

/** What a store is made of, as SQL: tables with their checks, indexes and triggers. */
function shape(file: string): unknown {
  using db = new DatabaseSync(file, { readOnly: true });
  const made = db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    .all() as { type: string; name: string; tbl_name: string; sql: string | null }[];
  return made.map(({ sql, ...of }) => ({ ...of, sql: sql?.replace(/\s+/g, " ") }));
}

type Row = Record<string, unknown>;

/** All rows of each table that a store of this file has. */
function rowsOf(file: string): Map<string, Row[]> {
  using db = new DatabaseSync(file, { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return new Map(tables.map(({ name }) => [
    String(name),
    db.prepare(`SELECT * FROM ${name}`).all().map((row) => ({ ...row })),
  ]));
}

/** Rows with these columns alone, in whatever order they come, in one order. */
const inOrder = (rows: Row[], columns: string[]) =>
  rows.map((row) => columns.map((column) => row[column]))
    .toSorted((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

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

Deno.test("a store of every schema that there was is kept", () => {
  const all = Array.from(MIGRATIONS, (_, index) => index + 1);
  assert.deepEqual(released(), all, "deno run -A tests/store/next_schema.ts makes one");
});

for (const schema of released()) {
  const sql = Deno.readTextFileSync(schemaFile(schema));

  Deno.test(`the store of schema ${schema} that is kept is what its migrations make`, () => {
    using folder = temporaryFolder();
    using kept = new DatabaseSync(storeOf(folder.path, sql));
    assert.equal(dump(kept), sql);
    using anew = temporaryFolder();
    const made = storeOf(anew.path, ...MIGRATIONS.slice(0, schema));
    assert.deepEqual(shape(`${folder.path}/virtglass.db`), shape(made));
  });

  Deno.test(`a store of schema ${schema} moves on to today's, with all that is in it`, () => {
    using folder = temporaryFolder();
    const file = storeOf(folder.path, sql);
    const before = rowsOf(file);
    {
      using store = new Store(folder.path);
      assert.deepEqual(store.all("PRAGMA foreign_key_check"), []);
    }
    assert.deepEqual(shape(file), today());
    const after = rowsOf(file);
    for (const [table, rows] of before) {
      assert.notEqual(rows.length, 0, `nothing in ${table}: there is nothing to be lost`);
      const columns = Object.keys(rows[0]!);
      assert.deepEqual(inOrder(after.get(table)!, columns), inOrder(rows, columns), table);
    }
    for (const { name, disabled_at } of schema < 4 ? after.get("users")! : []) {
      assert.equal(disabled_at, null, `${name} may sign in`);
    }
    for (const { id, used_at, created_at } of schema < 5 ? after.get("sessions")! : []) {
      assert.equal(used_at, created_at, `session ${id} was used when it began, as far as is known`);
    }
  });
}

for (const schema of released().filter((schema) => schema >= 6)) {
  Deno.test(`the audit log of schema ${schema} is whole today`, () => {
    using folder = temporaryFolder();
    storeOf(folder.path, Deno.readTextFileSync(schemaFile(schema)));
    using store = new Store(folder.path);
    const last = new AuditTable(store).last();
    new HeadFile(folder.path).write(last);
    const { faults, records } = verifyAudit(store, folder.path, last);
    assert.deepEqual([faults, records], [[], 3]);
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
