/**
 * What can go wrong. Match on the class and the code, never on the text.
 * Codes: https://libvirt.org/html/libvirt-virterror.html#virErrorNumber
 */

/** libvirt's error numbers that somebody here tells apart. */
export const ErrorCode = {
  internalError: 1,
  noMemory: 2,
  noSupport: 3,
  noConnect: 5,
  invalidConnection: 6,
  invalidDomain: 7,
  invalidArgument: 8,
  operationFailed: 9,
  operationDenied: 29,
  systemError: 38,
  rpc: 39,
  noDomain: 42,
  authFailed: 45,
  operationInvalid: 55,
  configUnsupported: 67,
  operationTimeout: 68,
  argumentUnsupported: 74,
  operationAborted: 78,
  authCancelled: 79,
  noDomainMetadata: 80,
  operationUnsupported: 84,
  agentUnresponsive: 86,
  resourceBusy: 87,
  accessDenied: 88,
  authUnavailable: 94,
  agentUnsynced: 97,
} as const;

/** A virError, copied. `domain` and `level` are libvirt's numbers. */
export interface ErrorRecord {
  code: number;
  domain: number;
  level: number;
  message: string;
}

/** libvirt said no. `message` is libvirt's own, `operation` the C function that failed. */
export class LibvirtError extends Error {
  override readonly name = "LibvirtError";
  readonly code: number;
  /** virErrorDomain: the part of libvirt that speaks. */
  readonly domain: number;
  /** virErrorLevel: 1 warning, 2 error. */
  readonly level: number;
  readonly operation: string;

  constructor(operation: string, record: ErrorRecord) {
    super(record.message);
    this.operation = operation;
    this.code = record.code;
    this.domain = record.domain;
    this.level = record.level;
  }
}

/** libvirt's library is not on this machine. The message names the package that brings it. */
export class LibvirtMissing extends Error {
  override readonly name = "LibvirtMissing";
}

/**
 * Why a connection is no more: `deadline` a call took too long, `eof` the daemon went away, `keepalive`
 * it stopped answering, `error` the socket failed, `client` libvirt closed it, `closed` we did.
 */
export type BreakReason = "deadline" | "eof" | "keepalive" | "error" | "client" | "closed";

const explained: Record<BreakReason, string> = {
  deadline: "libvirt did not answer in time",
  eof: "the libvirt daemon closed the connection",
  keepalive: "the libvirt daemon stopped answering",
  error: "the connection to libvirt failed",
  client: "libvirt closed the connection",
  closed: "the connection to libvirt is closed",
};

/** The connection cannot be used (any more). Another one may work: a Lane opens it by itself. */
export class LaneBroken extends Error {
  override readonly name = "LaneBroken";
  readonly reason: BreakReason;

  constructor(reason: BreakReason, operation: string, options?: ErrorOptions) {
    super(`${explained[reason]} (${operation})`, options);
    this.reason = reason;
  }
}
