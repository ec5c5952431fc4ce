import { AUDIT_KINDS } from "../words.ts";
import * as z from "../zod.ts";
import { detail, reported, textOrNull, time, uuid } from "./values.ts";

/**
 * One record of the audit log. `user` null is the command line, `address` null this machine. `hash`
 * is SHA-256 over the hash of the record before it and the rest of this one.
 */
export const AuditRecord = z.object({
  seq: z.int().check(z.positive()),
  time,
  kind: z.enum(AUDIT_KINDS),
  user: textOrNull,
  address: textOrNull,
  vm: z.nullable(z.object({ uuid, name: z.string() })),
  /** What it was done to, where that is no VM. */
  subject: textOrNull,
  result: z.enum(["ok", "refused", "failed"]),
  duration: reported,
  detail,
  hash: z.string().check(z.length(64)),
});
export type AuditRecord = z.infer<typeof AuditRecord>;
