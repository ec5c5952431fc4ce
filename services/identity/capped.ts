import type { Role, User } from "@/protocol/mod.ts";
import { ROLES } from "@/protocol/words.ts";

/** The lower of both; null is none at all. */
function lower<R extends Role | null>(role: R, most: Role): R | Role {
  return role === null || ROLES.indexOf(role) > ROLES.indexOf(most) ? role : most;
}

/** The user with no role above `most`: neither for all VMs nor on a single one. */
export function capped({ grants, ...user }: User, most: Role): User {
  return {
    ...user,
    role: lower(user.role, most),
    ...(grants && { grants: grants.map((grant) => ({ ...grant, role: lower(grant.role, most) })) }),
  };
}

/** The roles that this user has somewhere, and all below them: what a token of theirs may be given. */
export function rolesUpTo({ role, grants = [] }: User): Role[] {
  const held = [role, ...grants.map((grant) => grant.role)].filter((one) => one !== null);
  const highest = Math.min(...held.map((one) => ROLES.indexOf(one)));
  return ROLES.filter((_, index) => index >= highest);
}
