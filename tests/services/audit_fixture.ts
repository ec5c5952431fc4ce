import { DatabaseSync } from "node:sqlite";
import { Audit, type AuditEntry } from "@/services/audit/mod.ts";
import { AuditTable, toRecord } from "@/services/audit/table.ts";
import { verifyAudit } from "@/services/audit/verify.ts";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "./temporary_folder.ts";

export const ALICE = { user: "alice", address: "192.0.2.7" };

/** Something that was done. */
export const ENTRY: AuditEntry = {
  kind: "command.given",
  actor: ALICE,
  vm: { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "web1" },
  result: "ok",
  detail: { force: true, action: "stop" },
};

/** An audit log in a data folder of its own. */
export class AuditFixture implements Disposable {
  readonly #folder = temporaryFolder();
  readonly path = this.#folder.path;
  readonly store = new Store(this.path);
  readonly table = new AuditTable(this.store);
  audit = new Audit(this.store, this.path, 365);

  get records() {
    return this.table.page(1, 10_000).map(toRecord);
  }

  get head(): string {
    return Deno.readTextFileSync(`${this.path}/audit.head`);
  }

  get faults(): string[] {
    return verifyAudit(this.store, this.path, null).faults;
  }

  /** As a process that begins anew on the same folder. */
  again(): void {
    this.audit[Symbol.dispose]();
    this.audit = new Audit(this.store, this.path, 365);
  }

  /** Until it is mended nothing can be recorded. */
  break(): void {
    this.store.run(
      "CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
  }

  mend(): void {
    this.store.run("DROP TRIGGER broken");
  }

  /** What somebody with the file and another program can do. */
  tamper(sql: string): void {
    using db = new DatabaseSync(`${this.path}/virtglass.db`);
    db.exec(sql);
  }

  /** The same, by somebody who removes what is in the way and puts it back. */
  tamperUnseen(sql: string): void {
    const triggers = this.store.all<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    );
    const drop = triggers.map(({ name }) => `DROP TRIGGER ${name}`);
    this.tamper([...drop, sql, ...triggers.map((trigger) => trigger.sql)].join(";\n"));
  }

  [Symbol.dispose](): void {
    this.audit[Symbol.dispose]();
    this.store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}
