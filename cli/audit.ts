import { COMMAND_LINE } from "@/services/identity/actor.ts";
import type { Link } from "@/services/audit/chain.ts";
import { exportLines } from "@/services/audit/export.ts";
import { AuditTable } from "@/services/audit/table.ts";
import { verifyAudit } from "@/services/audit/verify.ts";
import { loadConfig } from "@/services/config/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { Store } from "@/services/store/mod.ts";
import { type Arguments, UsageError } from "./arguments.ts";
import { commandLineAudit } from "./audit_log.ts";

/** `virtglass audit verify|export`: reads the store directly, also while the server runs. */
export async function audit({ flags, positionals: [action] }: Arguments): Promise<void> {
  const head = readHead(flags.head);
  const since = readSince(flags.since);
  const { "data-dir": dataDir, config: file } = flags;
  const config = await loadConfig({
    ...(dataDir === undefined ? {} : { "data-dir": dataDir }),
    ...(file === undefined ? {} : { config: file }),
  });
  demandStore(config.dataDir);
  using store = new Store(config.dataDir);
  if (action === "verify") return verify(store, config.dataDir, head);
  {
    using log = await commandLineAudit(store, config);
    const detail = since === undefined ? {} : { since };
    log.note({ kind: "audit.export", actor: COMMAND_LINE, result: "ok", detail });
  }
  const lines = exportLines(new AuditTable(store), { since });
  await lines.pipeTo(Deno.stdout.writable, { preventClose: true });
}

function verify(store: Store, dataDir: string, head: Link | null): void {
  const { records, first, last, faults } = verifyAudit(store, dataDir, head);
  for (const fault of faults) console.log(fault);
  const range = records === 0 ? "" : `, ${first} to ${last.seq}`;
  const counted = `${records} ${records === 1 ? "record" : "records"}${range}`;
  if (faults.length > 0) {
    throw new GlassError("CONFLICT", `The audit log is not whole (${counted}); see above.`);
  }
  console.log(`The audit log is whole: ${counted}.`);
  if (records > 0) console.log(`Its head, to be kept elsewhere: ${last.seq}:${last.hash}`);
}

function readHead(text: string | undefined): Link | null {
  if (text === undefined) return null;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  throw new UsageError(`--head is SEQ:HASH as verify prints it, not "${text}".`);
}

function readSince(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new UsageError(`--since is a time such as 2023-05-06T17:13:42Z, not "${text}".`);
}

/** Opening it would make one. */
function demandStore(dataDir: string): void {
  try {
    Deno.statSync(`${dataDir}/virtglass.db`);
  } catch (error) {
    throw new GlassError(
      "NOT_FOUND",
      `There is no audit log in "${dataDir}": ${(error as Error).message}. Choose with --data-dir.`,
      { cause: error },
    );
  }
}
