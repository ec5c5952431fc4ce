import assert from "node:assert/strict";
import { configureLog } from "@/services/log.ts";
import { GlassError } from "@/services/errors.ts";
import { AuditFixture, ENTRY } from "@/tests/services/audit_fixture.ts";
import { BEGINNING, chainHash } from "./chain.ts";
import { toRecord } from "./table.ts";

const unavailable = (error: unknown) =>
  error instanceof GlassError && error.code === "AUDIT_UNAVAILABLE" && error.status === 503;

Deno.test("Audit.write records who, what, which VM, from where, and what came of it", () => {
  using fixture = new AuditFixture();
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
  using fixture = new AuditFixture();
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
  using fixture = new AuditFixture();
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
  using fixture = new AuditFixture();
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
  using fixture = new AuditFixture();
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

Deno.test("Audit refuses a change for which there is no room, though there was some for its record", () => {
  using fixture = new AuditFixture();
  const { audit, store } = fixture;
  const { page_count } = store.get<{ page_count: number }>("PRAGMA page_count")!;
  store.get(`PRAGMA max_page_count = ${page_count}`);
  const change = () => store.run("CREATE TABLE large AS SELECT zeroblob(1000000) AS bytes");
  assert.throws(() => audit.write(ENTRY, change), unavailable);
  assert.deepEqual(fixture.records, []);
  store.get("PRAGMA max_page_count = 1000000");
  audit.write(ENTRY, change);
  assert.deepEqual(fixture.records.map(({ kind }) => kind), [ENTRY.kind, "audit.lost"]);
});

Deno.test("Audit refuses changes while it cannot be written, and tells of it afterwards", async () => {
  await configureLog("json", "info");
  using fixture = new AuditFixture();
  const { audit } = fixture;
  audit.write(ENTRY);
  fixture.break();
  let changed = false;
  assert.throws(() => audit.write(ENTRY, () => changed = true), unavailable);
  assert.throws(() => audit.write(ENTRY), unavailable);
  audit.note({ ...ENTRY, kind: "console.attach" });
  assert.equal(changed, false);
  assert.equal(audit.available, false);
  fixture.mend();
  audit.write(ENTRY);
  assert.equal(audit.available, true);
  const [, , lost] = fixture.records;
  assert.equal(fixture.records.length, 3);
  assert.equal(lost?.kind, "audit.lost");
  assert.deepEqual(lost?.detail, { changes: 2, notes: 1 });
});
