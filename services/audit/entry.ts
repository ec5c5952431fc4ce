import type { AuditKind } from "@/protocol/mod.ts";
import type { Actor } from "@/services/identity/actor.ts";

/** What is told of something that happened; the audit log adds when. */
export interface AuditEntry {
  kind: AuditKind;
  actor: Actor;
  vm?: { uuid: string; name: string };
  /** What it was done to, where that is no VM: a user, a recording, a token's name. */
  subject?: string;
  result: "ok" | "refused" | "failed";
  /** Seconds. */
  duration?: number;
  /** Never a password, token, cookie or key, and nothing that somebody not signed in has typed. */
  detail?: Record<string, string | number | boolean | null>;
}

/** What makes two entries the same thing, happening again. */
export function sameness({ kind, actor, vm, subject, result }: AuditEntry): string {
  return JSON.stringify([kind, actor.user, actor.address, vm?.uuid, subject, result]);
}

/** virtglass, where nobody asked for what it does; no user can have this name. */
export const ITSELF = { user: "(automatic)", address: null } as const satisfies Actor;

/** Characters of any one text, and fields of `detail`: no record is larger than a page or two. */
const MAX_TEXT = 256;
const MAX_FIELDS = 16;

/**
 * The record's one and only text: what is stored, hashed and exported. Its fields come in this
 * order, those of `detail` by their names.
 */
export function recordText(seq: number, time: Date, entry: AuditEntry): string {
  const { kind, actor, vm, subject, result, duration, detail = {} } = entry;
  const fields = Object.entries(detail).toSorted(([a], [b]) => a < b ? -1 : 1).slice(0, MAX_FIELDS);
  return JSON.stringify({
    seq,
    time: time.toISOString(),
    kind,
    user: cut(actor.user),
    address: cut(actor.address),
    vm: vm ? { uuid: cut(vm.uuid), name: cut(vm.name) } : null,
    subject: cut(subject ?? null),
    result,
    duration: duration === undefined ? null : Math.round(duration * 1000) / 1000,
    detail: Object.fromEntries(fields.map(([name, value]) => [cut(name), cut(value)])),
  });
}

/** Whole characters, and the ellipsis says that there were more. */
function cut<Value>(value: Value): Value | string {
  if (typeof value !== "string" || value.length <= MAX_TEXT) return value;
  return `${value.slice(0, MAX_TEXT - 1).toWellFormed()}…`;
}
