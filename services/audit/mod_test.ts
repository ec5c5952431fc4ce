import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { configureLog } from "@/services/log.ts";
import { GlassError } from "@/services/errors.ts";
import { Store } from "@/services/store/mod.ts";
import { temporaryFolder } from "@/tests/services/temporary_folder.ts";
import { BEGINNING, chainHash } from "./chain.ts";
import { Audit, type AuditEntry } from "./mod.ts";
import { AuditTable, toRecord } from "./table.ts";

const ALICE = { user: "alice", address: "192.0.2.7" };
const ENTRY: AuditEntry = {
  kind: "command.given",
  actor: ALICE,
  vm: { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "web1" },
  result: "ok",
  detail: { force: true, action: "stop" },
};

class Fixture implements Disposable {
  readonly #folder = temporaryFolder();
  readonly path = this.#folder.path;
  readonly store = new Store(this.path);
  readonly table = new AuditTable(this.store);
  audit = new Audit(this.store, this.path);

  get records() {
    return this.table.page(1, 1000).map(toRecord);
  }

  get head(): string {
    return Deno.readTextFileSync(`${this.path}/audit.head`);
  }

  /** What somebody with the file and another program can do. */
  tamper(sql: string): void {
    using db = new DatabaseSync(`${this.path}/virtglass.db`);
    db.exec(sql);
  }

  [Symbol.dispose](): void {
    this.audit[Symbol.dispose]();
    this.store[Symbol.dispose]();
    this.#folder[Symbol.dispose]();
  }
}

const unavailable = (error: unknown) =>
  error instanceof GlassError && error.code === "AUDIT_UNAVAILABLE" && error.status === 503;

Deno.test("Audit.write records who, what, which VM, from where, and what came of it", () => {
  using fixture = new Fixture();
  fixture.audit.write(ENTRY);
  const [{ time, hash, ...record }] = fixture.records as [typeof fixture.records[0]];
  assert.deepEqual(record, {
    seq: 1,
    kind: "command.given",
    user: "alice",
    address: "192.0.2.7",
    vm: ENTRY.vm,
    subject: null,
    result: "ok",
    duration: null,
    detail: { action: "stop", force: true },
  });
  assert.ok(Math.abs(Date.parse(time) - Date.now()) < 5_000);
  assert.match(fixture.head, new RegExp(`^0{15}1 ${hash}\n$`));
});

Deno.test("Audit chains each record to the one before it", () => {
  using fixture = new Fixture();
  for (const result of ["ok", "failed", "refused"] as const) {
    fixture.audit.write({ ...ENTRY, result });
  }
  let previous = BEGINNING.hash;
  for (const { record, hash } of fixture.table.page(1, 10)) {
    assert.equal(hash, chainHash(previous, record));
    previous = hash;
  }
});

Deno.test("chainHash is what sha256sum says of the two lines", () => {
  assert.equal(
    chainHash(BEGINNING.hash, "{}"),
    "5649d09ed68c17156095d175eef152856c5b1a81c117c409c1e00f096aa6838e",
  );
});

Deno.test("Audit.write makes a change and its record together, or neither", () => {
  using fixture = new Fixture();
  const insert = "INSERT INTO vm_states (uuid, status, since) VALUES (?, 'paused', 1)";
  const seq = fixture.audit.write(ENTRY, (seq) => {
    fixture.store.run(insert, "made");
    return seq;
  });
  assert.equal(seq, 1);
  assert.throws(() =>
    fixture.audit.write(ENTRY, () => {
      fixture.store.run(insert, "not made");
      throw new GlassError("FORBIDDEN", "no");
    }), { code: "FORBIDDEN" });
  const made = fixture.store.all<{ uuid: string }>("SELECT uuid FROM vm_states");
  assert.deepEqual(made.map(({ uuid }) => uuid), ["made"]);
  const [, refused] = fixture.records;
  assert.equal(refused?.result, "refused");
  assert.equal(refused?.detail.code, "FORBIDDEN");
  fixture.audit.write(ENTRY);
  assert.deepEqual(fixture.records.map(({ seq, kind }) => [seq, kind]), [
    [1, "command.given"],
    [2, "command.given"],
    [3, "command.given"],
  ]);
});

Deno.test("Audit: records are not changed, not deleted, and not put in between", () => {
  using fixture = new Fixture();
  fixture.audit.write(ENTRY);
  fixture.audit.write(ENTRY);
  for (
    const sql of [
      "UPDATE audit SET record = '{}' WHERE seq = 1",
      "UPDATE audit SET hash = ''",
      "DELETE FROM audit",
      "DELETE FROM audit WHERE seq = 2",
      "INSERT INTO audit (seq, record, hash) VALUES (9, '{}', '')",
      "INSERT OR REPLACE INTO audit (seq, record, hash) VALUES (1, '{}', '')",
      "INSERT INTO audit (record, hash) VALUES ('no JSON', '')",
    ]
  ) {
    assert.throws(() => fixture.tamper(sql), /audit records|malformed/, sql);
  }
  assert.equal(fixture.records.length, 2);
});

Deno.test("Audit cuts what is long, and leaves out fields beyond the sixteenth", () => {
  using fixture = new Fixture();
  const long = "😀".repeat(5_000);
  const detail = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}${long}`, long]));
  fixture.audit.write({
    ...ENTRY,
    actor: { user: long, address: long },
    vm: { uuid: long, name: long },
    subject: long,
    detail,
  });
  const [row] = fixture.table.page(1, 1);
  assert.ok(new TextEncoder().encode(row!.record).length < 25_000, String(row!.record.length));
  const { user, detail: kept } = toRecord(row!);
  assert.ok(user!.length <= 257 && user!.endsWith("…"), user!);
  assert.equal(Object.keys(kept).length, 16);
});

Deno.test("Audit refuses changes while it cannot be written, and tells of it afterwards", () => {
  configureLog("json", "info");
  using fixture = new Fixture();
  const { audit, store } = fixture;
  audit.write(ENTRY);
  store.run(`CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END`);
  let changed = false;
  assert.throws(() => audit.write(ENTRY, () => changed = true), unavailable);
  assert.throws(() => audit.write(ENTRY), unavailable);
  audit.note({ ...ENTRY, kind: "console.attach" });
  assert.equal(changed, false);
  assert.equal(audit.available, false);
  store.run("DROP TRIGGER broken");
  audit.write(ENTRY);
  assert.equal(audit.available, true);
  const [, , lost] = fixture.records;
  assert.equal(fixture.records.length, 3);
  assert.equal(lost?.kind, "audit.lost");
  assert.deepEqual(lost?.detail, { changes: 2, notes: 1 });
});
