/**
 * Writes users, grants, commands and audit records without a pause until it is killed, and tells the
 * number of the last record after each: `deno run -A crash_writer.ts FOLDER`.
 */
import { Audit } from "@/services/audit/mod.ts";
import { AuditTable } from "@/services/audit/table.ts";
import { CommandHistory } from "@/services/commands/history.ts";
import { Users } from "@/services/identity/users.ts";
import { Store } from "@/services/store/mod.ts";

const folder = Deno.args[0]!;
const store = new Store(folder);
const audit = new Audit(store, folder, 365);
const users = new Users(store, audit);
const history = new CommandHistory(store, ({ user, uuid, vm: name }) =>
  audit.outcome({
    kind: "command.ended",
    actor: { user, address: null },
    vm: { uuid, name },
    result: "failed",
  }));
const table = new AuditTable(store);
const told = new TextEncoder();
const tell = () => Deno.stdout.writeSync(told.encode(`${table.last().seq}\n`));

const actor = { user: "alice", address: "192.0.2.7" };
const VMS = ["web1", "db1", "cache1"].map((vm, index) => ({
  uuid: `6695eb01-f6a4-8304-79aa-97f2502e193${index}`,
  vm,
}));

if (!users.has("bob")) await users.add("bob", "viewer", "a passphrase of bob", actor);
tell();
for (let round = 0;; round++) {
  // Another set of grants each time, from none to all three.
  const granted = VMS.filter((_, bit) => (round >> bit) & 1);
  const role = round % 2 === 0 ? "viewer" : "operator";
  await users.change("bob", { access: granted.map((vm) => ({ ...vm, role })) }, actor);
  tell();
  await users.change("bob", { disabled: round % 3 === 0 }, actor);
  tell();
  const { uuid, vm: name } = VMS[round % 3]!;
  const entry = { kind: "command.given", actor, vm: { uuid, name }, result: "ok" } as const;
  const command = {
    requestId: crypto.randomUUID(),
    user: actor.user,
    vm: name,
    uuid,
    action: "stop",
    force: true,
    createdAt: new Date().toISOString(),
  } as const;
  const id = audit.write(entry, () => history.begin(command));
  tell();
  history.end(id, true, "done", () => audit.outcome({ ...entry, kind: "command.ended" }));
  audit.note({ kind: "console.attach", actor, vm: { uuid, name }, result: "ok" });
  tell();
  if (round % 5 === 4) {
    if (users.has("carol")) users.remove("carol", actor);
    else await users.add("carol", "operator", "a passphrase of carol", actor);
    tell();
  }
}
