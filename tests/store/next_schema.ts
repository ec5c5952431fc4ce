/**
 * Writes `schemas/N.sql` for each schema that has none yet: the store of the one before it, moved on.
 * Rows of what is new in it are added by hand. `deno run -A tests/store/next_schema.ts`
 */
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "@/services/store/migrations.ts";
import { dump } from "./dump.ts";
import { released, schemaFile } from "./released.ts";

for (let schema = released().length + 1; schema <= MIGRATIONS.length; schema++) {
  using db = new DatabaseSync(":memory:");
  db.exec(Deno.readTextFileSync(schemaFile(schema - 1)));
  db.exec(`${MIGRATIONS[schema - 1]}; PRAGMA user_version = ${schema}`);
  Deno.writeTextFileSync(schemaFile(schema), dump(db), { createNew: true });
  console.log(`${schemaFile(schema)}: add rows of what is new.`);
}
