import assert from "node:assert/strict";
import { configureLog } from "@/services/log.ts";
import { AuditFixture, ENTRY } from "@/tests/services/audit_fixture.ts";
import { chainHash } from "./chain.ts";
import { verifyAudit } from "./verify.ts";

await configureLog("json", "info");

function written(records: number): AuditFixture {
  const fixture = new AuditFixture();
  for (let index = 0; index < records; index++) {
    fixture.audit.write({ ...ENTRY, subject: String(index) });
  }
  return fixture;
}

Deno.test("verifyAudit finds nothing wrong with a log that was left alone", () => {
  using fixture = written(5);
  const { hash } = fixture.table.at(5)!;
  assert.deepEqual(verifyAudit(fixture.store, fixture.path, null), {
    records: 5,
    first: 1,
    last: { seq: 5, hash },
    faults: [],
  });
});

Deno.test("verifyAudit finds nothing wrong with a log without records", () => {
  using fixture = new AuditFixture();
  assert.deepEqual(fixture.faults, []);
});

const TAMPERED: [what: string, sql: string, said: RegExp[]][] = [
  [
    "a record that was changed",
    `UPDATE audit SET record = replace(record, 'alice', 'mallory') WHERE seq = 3`,
    [/^Record 3 is not what was recorded, .*: its hash does not fit\.$/],
  ],
  [
    "the first record, changed",
    `UPDATE audit SET record = replace(record, 'alice', 'mallory') WHERE seq = 1`,
    [/^Record 1, the first one, is not what was recorded/],
  ],
  [
    "a hash that was changed",
    `UPDATE audit SET hash = '${"1".repeat(64)}' WHERE seq = 2`,
    [/^Record 2 is not what/, /^Record 3 is not what .* came after record 2/],
  ],
  ["a record that was removed", "DELETE FROM audit WHERE seq = 3", [/^Record 3 is missing\.$/]],
  [
    "records that were removed",
    "DELETE FROM audit WHERE seq IN (2, 3)",
    [/^Records 2 to 3 are missing\.$/],
  ],
  [
    "records that were removed at the beginning",
    "DELETE FROM audit WHERE seq < 3",
    [/^Records 1 to 2 are missing, and no record tells that they were dropped\.$/],
  ],
  [
    "records that were removed at the end",
    "DELETE FROM audit WHERE seq > 3",
    [/^2 records are missing at the end: the head in ".*audit\.head" is record 5, .* is 3\.$/],
  ],
  [
    "everything that was removed",
    "DELETE FROM audit",
    [/^5 records are missing at the end/],
  ],
  [
    "two records that changed places",
    `UPDATE audit SET seq = 9 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;
     UPDATE audit SET seq = 3 WHERE seq = 9`,
    [
      /^Record 2 is not what/,
      /^Record 2 says that it is record 3\.$/,
      /^Record 3 is not what/,
      /^Record 3 says that it is record 2\.$/,
      /^Record 4 is not what/,
    ],
  ],
  [
    "a record that is no JSON",
    "UPDATE audit SET record = 'x' WHERE seq = 5",
    [/^Record 5 is not what/, /^Record 5 is not JSON\.$/],
  ],
];
for (const [what, sql, said] of TAMPERED) {
  Deno.test(`verifyAudit finds ${what}`, () => {
    using fixture = written(5);
    fixture.tamperUnseen(sql);
    assert.equal(fixture.faults.length, said.length, fixture.faults.join("\n"));
    for (const [index, words] of said.entries()) assert.match(fixture.faults[index]!, words);
  });
}

Deno.test("verifyAudit finds a log that was written anew, by the head and by one that was kept", () => {
  using fixture = written(3);
  const { hash: kept } = fixture.table.at(2)!;
  // All hashes fit afterwards: only what is kept elsewhere tells.
  let previous = "0".repeat(64);
  const anew = fixture.table.page(1, 3).map(({ seq, record }) => {
    const forged = record.replace("alice", "mallory");
    previous = chainHash(previous, forged);
    return `UPDATE audit SET record = '${forged}', hash = '${previous}' WHERE seq = ${seq}`;
  });
  fixture.tamperUnseen(anew.join(";"));
  assert.match(fixture.faults.join(), /^Record 3 is another one than the head in ".*" says/);
  Deno.writeTextFileSync(`${fixture.path}/audit.head`, `${"3".padStart(16, "0")} ${previous}\n`);
  assert.deepEqual(fixture.faults, []);
  const { faults } = verifyAudit(fixture.store, fixture.path, { seq: 2, hash: kept });
  assert.match(faults.join(), /^Record 2 is another one than the head that you gave says/);
});

Deno.test("verifyAudit tells of a head that is missing or damaged, and of missing triggers", () => {
  using fixture = written(1);
  Deno.removeSync(`${fixture.path}/audit.head`);
  assert.match(fixture.faults.join(), /audit\.head" is missing/);
  Deno.writeTextFileSync(`${fixture.path}/audit.head`, "1 0");
  assert.match(fixture.faults.join(), /^The head cannot be read: ".*" is damaged\.$/);
  fixture.audit.write(ENTRY);
  fixture.tamper("DROP TRIGGER audit_never_changes");
  assert.match(fixture.faults.join("\n"), /The trigger "audit_never_changes" is missing/);
});

Deno.test("Audit records that the log was cut off before it began, so that it is not forgotten", () => {
  using fixture = written(5);
  fixture.tamperUnseen("DELETE FROM audit WHERE seq > 3");
  fixture.again();
  fixture.audit.write(ENTRY);
  assert.deepEqual(fixture.records.map(({ kind }) => kind).slice(3), [
    "audit.truncated",
    "command.given",
  ]);
  assert.deepEqual(fixture.faults, [
    "Record 4 tells that virtglass found the log cut off after record 3; it had reached 5.",
  ]);
});

Deno.test("Audit.trim drops whole days that are too old, and the chain holds without them", () => {
  using fixture = written(5);
  fixture.audit.trim(Date.now() + 364 * 86_400_000);
  assert.equal(fixture.records.length, 5);
  fixture.audit.trim(Date.now() + 366 * 86_400_000);
  const [trim, ...others] = fixture.records;
  assert.deepEqual(others, []);
  assert.equal(trim?.seq, 6);
  assert.equal(trim?.kind, "audit.trim");
  assert.equal(trim?.detail.count, 5);
  assert.equal(trim?.detail.through, 5);
  fixture.audit.write(ENTRY);
  assert.deepEqual(fixture.faults, []);
});

Deno.test("Audit.trim again drops the records of trimming that are too old themselves", () => {
  using fixture = written(2);
  for (const year of [1, 2, 3]) {
    fixture.audit.trim(Date.now() + (year * 400) * 86_400_000);
    fixture.audit.write(ENTRY);
    assert.deepEqual(fixture.faults, []);
  }
  assert.deepEqual(fixture.records.map(({ seq, kind }) => `${seq} ${kind}`), [
    "7 audit.trim",
    "8 command.given",
  ]);
});

Deno.test("a record of trimming lets nothing be deleted that it does not tell of", () => {
  using fixture = written(3);
  fixture.audit.trim(Date.now() + 366 * 86_400_000);
  fixture.audit.write(ENTRY);
  for (const seq of [4, 5]) {
    assert.throws(() => fixture.tamper(`DELETE FROM audit WHERE seq = ${seq}`), /retention/);
  }
});
