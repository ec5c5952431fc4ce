import assert from "node:assert/strict";
import type { AuditRecord, NamedGrant } from "@/protocol/mod.ts";
import { AuditTable, toRecord } from "@/services/audit/table.ts";
import { verifyAudit } from "@/services/audit/verify.ts";
import { Audit } from "@/services/audit/mod.ts";
import { Users } from "@/services/identity/users.ts";
import { Store } from "@/services/store/mod.ts";
import { TextLineStream } from "@/tasks/setup/text_lines.ts";
import { within } from "@/tests/harness/wait.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** How many times it is killed; the whole test is 200. */
const CRASHES = Number(Deno.env.get("VIRTGLASS_CRASHES") ?? 8);
/** Milliseconds within which it is killed after it has begun to write. */
const WINDOW = 400;

const WRITER = new URL("crash_writer.ts", import.meta.url).pathname;

/** Lets one write, kills it at some moment, and returns the last record that it told of. */
async function crash(folder: string): Promise<number> {
  const writer = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-A", WRITER, folder],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines = writer.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  try {
    const first = await within(60_000, "the writer to begin", lines.read());
    let told = Number(first.value);
    setTimeout(() => writer.kill("SIGKILL"), Math.random() * WINDOW);
    while (true) {
      const { value, done } = await within(10_000, "the writer to end", lines.read());
      // The last line may have been cut by the end.
      if (done) return told;
      if (Number(value) > told) told = Number(value);
    }
  } finally {
    await writer.status;
  }
}

/** What the audit log says that there is. */
function replay(records: AuditRecord[]) {
  const users = new Set<string>();
  const grants = new Map<string, string>();
  let disabled = false;
  let [given, ended] = [0, 0];
  for (const { kind, subject, vm, detail } of records) {
    if (kind === "user.add") users.add(subject!);
    else if (kind === "user.remove") users.delete(subject!);
    else if (kind === "grant.set") grants.set(vm!.uuid, String(detail.role));
    else if (kind === "grant.remove") grants.delete(vm!.uuid);
    else if (kind === "user.change" && "disabled" in detail) disabled = detail.disabled === true;
    else if (kind === "command.given") given++;
    else if (kind === "command.ended") ended++;
  }
  return { users: [...users].sort(), grants: [...grants].sort(), disabled, given, ended };
}

/** What there is. */
function stored(store: Store, users: Users) {
  const bob = users.account("bob");
  const count = (condition: string) =>
    store.get<{ n: number }>(`SELECT count(*) AS n FROM commands WHERE ${condition}`)!.n;
  return {
    users: users.list().map(({ name }) => name).sort(),
    grants: bob.grants.map(({ uuid, role }: NamedGrant) => [uuid, role]).sort(),
    disabled: bob.disabled,
    given: count("true"),
    ended: count("ended_at IS NOT NULL"),
  };
}

Deno.test(`${CRASHES} times killed while it writes, the store is whole, and so is the audit log`, async () => {
  using folder = temporaryFolder();
  let written = 0;
  for (let time = 1; time <= CRASHES; time++) {
    const told = await crash(folder.path);
    using store = new Store(folder.path);
    using audit = new Audit(store, folder.path, 365);
    const checked = store.all<{ integrity_check: string }>("PRAGMA integrity_check");
    assert.deepEqual(checked.map((row) => row.integrity_check), ["ok"], `crash ${time}`);
    const { faults, last } = verifyAudit(store, folder.path, null);
    assert.deepEqual(faults, [], `crash ${time}`);
    assert.ok(
      last.seq >= told,
      `crash ${time}: record ${told} was told of, ${last.seq} is the last`,
    );
    const records = new AuditTable(store).page(1, 1_000_000).map(toRecord);
    assert.deepEqual(stored(store, new Users(store, audit)), replay(records), `crash ${time}`);
    written = last.seq;
  }
  assert.ok(written > 3 * CRASHES, `only ${written} records were written`);
});
