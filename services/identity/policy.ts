import type { Action, Role, User } from "@/protocol/mod.ts";
import { GlassError } from "@/services/errors.ts";
import type { Session } from "./sessions.ts";

/** What can be asked for of a VM. Commands are operations by their own names. */
export type VMOperation =
  | "read"
  | "console.read"
  | "console.write"
  | "record"
  | "record.delete"
  | Action;

/** What is asked for of virtglass itself, whatever VM there is. */
export type OwnOperation =
  /** The host's name, whether libvirt answers, and the socket that tells of everything one may see. */
  | "follow"
  /** One's own name, password and sessions. */
  | "account"
  /** Who may sign in, and what they may do. */
  | "users"
  /** Who did what. */
  | "audit";

/** Everything that can be asked for. */
export type Operation = VMOperation | OwnOperation;

const VIEWER: readonly VMOperation[] = ["read", "console.read"];
const OPERATOR: readonly VMOperation[] = [
  ...VIEWER,
  "console.write",
  "record",
  "start",
  "stop",
  "restart",
  "suspend",
  "resume",
];
const ADMIN: readonly VMOperation[] = [...OPERATOR, "record.delete"];

const ON_VMS: Record<Role, ReadonlySet<Operation>> = {
  viewer: new Set(VIEWER),
  operator: new Set(OPERATOR),
  admin: new Set(ADMIN),
};

/** Of whoever is signed in, and of admins alone. */
const OF_ALL: ReadonlySet<Operation> = new Set<OwnOperation>(["follow", "account"]);
const OF_ADMINS: ReadonlySet<Operation> = new Set<OwnOperation>(["users", "audit"]);

/** The VM an operation is about. Null is the host itself, with all its VMs. */
export type Subject = { uuid: string } | null;

/** The user's role on a VM, or with null the one that holds for all of them; null for none. */
export function roleOn({ role, grants }: User, subject: Subject): Role | null {
  if (role !== null || subject === null) return role;
  return grants?.find(({ uuid }) => uuid === subject.uuid)?.role ?? null;
}

/**
 * The one policy function: whether this session may do this now. REST, pages and sockets all ask
 * it, and sockets ask again while they live. Deny by default: what no role lists, nobody may do.
 */
export function may(session: Session, operation: Operation, subject: Subject): boolean {
  if (session.expiresAt <= Date.now()) return false;
  if (OF_ALL.has(operation)) return true;
  // A grant is about its VM, and be it an admin's: the rest is not for it to give.
  if (OF_ADMINS.has(operation)) return session.user.role === "admin";
  const role = roleOn(session.user, subject);
  return role !== null && ON_VMS[role].has(operation);
}

/** Whether no VM is hidden from this session, so that none has to be asked for one by one. */
export function seesAll(session: Session): boolean {
  return may(session, "read", null);
}

/** The VMs that this session may see, by their UUIDs; null where that is every one. */
export function seenBy(session: Session): string[] | null {
  if (seesAll(session)) return null;
  const { grants = [] } = session.user;
  return grants.filter((grant) => may(session, "read", grant)).map(({ uuid }) => uuid);
}

/** @throws GlassError FORBIDDEN, naming what was attempted */
export function demand(session: Session, operation: Operation, subject: Subject, name = ""): void {
  if (may(session, operation, subject)) return;
  const { user } = session;
  const who = user.name;
  const role = roleOn(user, subject) ?? "single VMs";
  throw new GlassError(
    "FORBIDDEN",
    name === ""
      ? `User "${who}" (${role}) may not do "${operation}".`
      : `User "${who}" (${role}) may not do "${operation}" on VM "${name}".`,
  );
}
