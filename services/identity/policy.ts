import type { Action, Role } from "@/protocol.ts";
import { GlassError } from "@/services/errors.ts";
import type { Session } from "./sessions.ts";

/** Everything that can be asked for. Commands are operations by their own names. */
export type Operation =
  | "read"
  | "console.read"
  | "console.write"
  | "record"
  | "record.delete"
  | Action;

const VIEWER: readonly Operation[] = ["read", "console.read"];
const OPERATOR: readonly Operation[] = [
  ...VIEWER,
  "console.write",
  "record",
  "start",
  "stop",
  "restart",
  "suspend",
  "resume",
];
const ADMIN: readonly Operation[] = [...OPERATOR, "record.delete"];

const ALLOWED: Record<Role, ReadonlySet<Operation>> = {
  viewer: new Set(VIEWER),
  operator: new Set(OPERATOR),
  admin: new Set(ADMIN),
};

/** The VM an operation is about. Null is the host itself. */
export type Subject = { uuid: string } | null;

/**
 * The one policy function: whether this session may do this now. REST, pages and sockets all ask
 * it, and sockets ask again while they live. Deny by default: what no role lists, nobody may do.
 */
export function may(session: Session, operation: Operation, _subject: Subject): boolean {
  return session.expiresAt > Date.now() && ALLOWED[session.user.role].has(operation);
}

/** Whether no VM is hidden from this session, so that none has to be asked for one by one. */
export function seesAll(session: Session): boolean {
  return may(session, "read", null);
}

/** @throws GlassError FORBIDDEN, naming what was attempted */
export function demand(session: Session, operation: Operation, subject: Subject, name = ""): void {
  if (may(session, operation, subject)) return;
  const target = name === "" ? "" : ` on VM "${name}"`;
  throw new GlassError(
    "FORBIDDEN",
    `User "${session.user.name}" (${session.user.role}) may not do "${operation}"${target}.`,
  );
}
