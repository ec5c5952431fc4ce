import type { CommandData } from "@/protocol/mod.ts";
import type { AuditEntry } from "@/services/audit/mod.ts";
import type { VMRecord } from "../vms/mod.ts";

/** A command that its user may give, and is about to. */
export interface Wish {
  /** The user and the request id. */
  key: string;
  user: string;
  record: VMRecord;
  command: CommandData;
  /** What is recorded of it. */
  entry: AuditEntry;
}

/** A command that is written down. */
export interface Order extends Wish {
  /** Its row of the history. */
  id: number;
  /** What is recorded when it has ended, but for what came of it. */
  ending: AuditEntry;
}
