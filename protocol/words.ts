/** What a VM is. */
export const STATUSES = ["running", "stopped", "paused", "shutdown", "crashed", "unknown"] as const;
export type Status = (typeof STATUSES)[number];

/** What can be done to a VM. */
export const ACTIONS = ["start", "stop", "restart", "suspend", "resume"] as const;
export type Action = (typeof ACTIONS)[number];

/** What a user may be, from the one that may do everything down. */
export const ROLES = ["admin", "operator", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** How a console stream ended: guest off, taken by another program, or libvirt lost. */
export const EOF_REASONS = ["stopped", "taken", "lost"] as const;
export type EofReason = (typeof EOF_REASONS)[number];

/**
 * Keys of a guest's keyboard that are pressed together: for Linux, what restarts a machine, and what its
 * kernel does by itself when all else hangs (Magic SysRq).
 */
export const KEYS = [
  "ctrl-alt-delete",
  "sysrq-h",
  "sysrq-s",
  "sysrq-u",
  "sysrq-w",
  "sysrq-m",
  "sysrq-e",
  "sysrq-b",
] as const;
export type Keys = (typeof KEYS)[number];

/** Everything that the audit log records. */
export const AUDIT_KINDS = [
  "sign_in",
  "sign_out",
  "session.refresh",
  "session.end",
  "command.given",
  "command.ended",
  "console.attach",
  "console.detach",
  "console.takeover",
  "console.input",
  "console.keys",
  "recording.start",
  "recording.stop",
  "recording.read",
  "recording.delete",
  "user.add",
  "user.change",
  "user.password",
  "password.confirm",
  "user.remove",
  "grant.set",
  "grant.remove",
  "totp.enable",
  "totp.disable",
  "recovery_codes.make",
  "api_token.add",
  "api_token.remove",
  "setup",
  "server.start",
  "server.stop",
  "audit.export",
  "audit.lost",
  "audit.trim",
  "audit.truncated",
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];
