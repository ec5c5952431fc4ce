import type { AccountChange, NamedGrant, Role } from "@/protocol/mod.ts";
import { ROLES } from "@/protocol/words.ts";
import type { Grantable } from "@/components/users/AccessFields.tsx";
import { GlassError } from "@/services/errors.ts";
import type { Session, State } from "@/services/mod.ts";

/** What a form chose: a role for all VMs, or without one these grants. */
export interface Access {
  role: Role | null;
  grants: NonNullable<AccountChange["grants"]>;
}

/** What the fields of components/users/AccessFields.tsx say. @throws GlassError INVALID_MESSAGE */
export function chosenAccess(form: FormData): Access {
  const access = String(form.get("access"));
  if (access !== "vms") return { role: demandRole(access), grants: [] };
  const grants = [...form].flatMap(([name, value]) => {
    const uuid = /^vm:(.+)$/.exec(name)?.[1];
    return uuid === undefined || value === ""
      ? []
      : [{ vm: uuid, role: demandRole(String(value)) }];
  });
  return { role: null, grants };
}

/** The VMs that can be chosen: those there are, and those of the grants that are gone. */
export function grantable(
  { services: { vms } }: State,
  session: Session,
  grants: readonly NamedGrant[] = [],
): Grantable[] {
  const listed = vms.list(session).map(({ uuid, name }) => ({ uuid, name, gone: false }));
  const gone = grants.filter(({ uuid }) => !vms.record(uuid));
  return [...listed, ...gone.map(({ uuid, vm }) => ({ uuid, name: vm, gone: true }))];
}

function demandRole(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role) return role;
  throw new GlassError("INVALID_MESSAGE", `"${text}" is no role: choose what the user may do.`);
}
