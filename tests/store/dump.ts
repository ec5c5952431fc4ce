import type { DatabaseSync } from "node:sqlite";

/** The SQL that makes this store anew, as `schemas/` keeps it. */
export function dump(db: DatabaseSync): string {
  const { user_version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  const made = db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    .all() as { type: string; name: string; sql: string }[];
  // What triggers refuse of a change, a copy may still have in it.
  const [triggers, others] = [
    made.filter(({ type }) => type === "trigger"),
    made.filter(({ type }) => type !== "trigger"),
  ];
  return [
    `-- A store as schema ${user_version} left it. Never changed: it stands for the folders out there.`,
    ...others.map(({ sql }) => `${sql};`),
    ...others.flatMap(({ type, name }) => type === "table" ? inserts(db, name) : []),
    ...triggers.map(({ sql }) => `${sql};`),
    `PRAGMA user_version = ${user_version};\n`,
  ].join("\n");
}

/** A statement for each row of a table. */
function inserts(db: DatabaseSync, table: string): string[] {
  // Those that are not generated from the others.
  const columns = db.prepare("SELECT name FROM pragma_table_info(?)").all(table)
    .map(({ name }) => `"${name}"`);
  const all = db.prepare("SELECT 1 FROM pragma_table_xinfo(?)").all(table).length;
  const into = columns.length === all ? table : `${table} (${columns.join(", ")})`;
  const values = columns.map((column) => `quote(${column})`).join(", ");
  return db.prepare(`SELECT ${values} FROM "${table}" ORDER BY rowid`).all()
    .map((row) => `INSERT INTO ${into} VALUES (${Object.values(row).join(", ")});`);
}
