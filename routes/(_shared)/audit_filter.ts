import { AUDIT_KINDS, type AuditKind } from "@/protocol/words.ts";
import { time } from "@/routes/(_shared)/query.ts";
import type { AuditFilter } from "@/services/audit/mod.ts";
import { GlassError } from "@/services/errors.ts";

/**
 * `?user=&vm=&kind=&since=TIME&until=TIME`: which records of the audit log. What is empty, as a form
 * sends it, asks for nothing.
 *
 * @throws GlassError INVALID_MESSAGE
 */
export function auditFilter({ searchParams }: URL): AuditFilter {
  const given = new URLSearchParams([...searchParams].filter(([, value]) => value.trim() !== ""));
  const text = (name: string) => given.get(name)?.trim();
  const moment = (name: string) => {
    const value = time(given, name);
    return value === undefined ? undefined : new Date(value).toISOString();
  };
  return {
    user: text("user"),
    vm: text("vm"),
    kind: kind(text("kind")),
    since: moment("since"),
    until: moment("until"),
  };
}

function kind(text: string | undefined): AuditKind | undefined {
  if (text === undefined) return undefined;
  const kind = AUDIT_KINDS.find((one) => one === text);
  if (kind) return kind;
  throw new GlassError("INVALID_MESSAGE", `kind: the audit log records no "${text}".`);
}
