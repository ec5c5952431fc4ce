import type { Account, Role } from "@/protocol/mod.ts";
import { users } from "@/texts/mod.ts";

/** VMs that are named before the rest is only counted. */
const NAMED = 3;

/** What somebody may do, in a line: a role on all VMs, or the VMs with their roles. */
export function AccessWords({ account: { role, grants } }: { account: Account }) {
  if (role !== null) return <OnAllVMs role={role} />;
  if (grants.length === 0) return <span class="soft">{users.nothingYet}</span>;
  const more = grants.length - NAMED;
  return (
    <ul class="grants">
      {grants.slice(0, NAMED).map(({ uuid, vm, role }) => (
        <li key={uuid}>
          <span class={`tag tag-${role}`}>{role}</span> {users.onVM(vm)}
        </li>
      ))}
      {more > 0 ? <li class="soft">{users.andMore(more)}</li> : null}
    </ul>
  );
}

export function OnAllVMs({ role }: { role: Role }) {
  return (
    <>
      <span class={`tag tag-${role}`}>{role}</span> {users.onAllVMs}
    </>
  );
}
