import type { NamedGrant } from "@/protocol/mod.ts";
import type { AuditEntry } from "@/services/audit/mod.ts";

type GrantEntry = Pick<AuditEntry, "kind" | "vm" | "detail">;

/** What a change of somebody's grants leaves in the audit log: a record for each VM. */
export function grantEntries(
  before: readonly NamedGrant[],
  after: readonly NamedGrant[],
): GrantEntry[] {
  const had = new Map(before.map((grant) => [grant.uuid, grant]));
  const has = new Map(after.map((grant) => [grant.uuid, grant]));
  const about = ({ uuid, vm }: NamedGrant) => ({ vm: { uuid, name: vm } });
  const set = after.filter(({ uuid, role }) => had.get(uuid)?.role !== role)
    .map((
      grant,
    ) => ({ kind: "grant.set", ...about(grant), detail: { role: grant.role } } as const));
  const removed = before.filter(({ uuid }) => !has.has(uuid))
    .map((grant) => ({ kind: "grant.remove", ...about(grant) } as const));
  return [...removed, ...set];
}
