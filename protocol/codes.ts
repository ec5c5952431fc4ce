/** Why a socket was closed. */
export const CloseCode = {
  normal: 1000,
  serverStopping: 1001,
  invalidMessages: 1008,
  messageTooBig: 1009,
  tooManyConnections: 1013,
  tokenExpired: 4401,
  forbidden: 4403,
  vmGone: 4404,
  silent: 4408,
  rateLimited: 4429,
} as const;

/** Why something was refused or failed, on sockets and over REST alike. */
export const ERROR_CODES = [
  "INVALID_MESSAGE",
  "UNAUTHENTICATED",
  "TOTP_REQUIRED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "NOT_FOUND",
  "METHOD_NOT_ALLOWED",
  "MISDIRECTED",
  "VM_NOT_FOUND",
  "VM_NOT_RUNNING",
  "VM_STATE",
  "CONFLICT",
  "TIMEOUT",
  "CONSOLE_UNAVAILABLE",
  "CONSOLE_BUSY",
  "CONSOLE_STALLED",
  "LIBVIRT_UNAVAILABLE",
  "LIBVIRT_ERROR",
  "AUDIT_UNAVAILABLE",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];
