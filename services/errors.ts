import type { ErrorCode, Problem } from "@/protocol/mod.ts";

/** What HTTP says for each error code. One table, for REST, pages and the refusal of sockets. */
const STATUS: Record<ErrorCode, number> = {
  INVALID_MESSAGE: 400,
  UNAUTHENTICATED: 401,
  TOTP_REQUIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  VM_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  VM_NOT_RUNNING: 409,
  VM_STATE: 409,
  CONFLICT: 409,
  CONSOLE_BUSY: 409,
  CONSOLE_STALLED: 409,
  MISDIRECTED: 421,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  LIBVIRT_ERROR: 502,
  AUDIT_UNAVAILABLE: 503,
  CONSOLE_UNAVAILABLE: 503,
  LIBVIRT_UNAVAILABLE: 503,
  TIMEOUT: 504,
};

const TITLE: Record<ErrorCode, string> = {
  INVALID_MESSAGE: "Invalid request",
  UNAUTHENTICATED: "Not signed in",
  TOTP_REQUIRED: "A code is needed",
  FORBIDDEN: "Not allowed",
  NOT_FOUND: "Not found",
  VM_NOT_FOUND: "No such VM",
  METHOD_NOT_ALLOWED: "Not possible here",
  MISDIRECTED: "Another server is meant",
  VM_NOT_RUNNING: "VM is not running",
  VM_STATE: "Not possible in this state",
  CONFLICT: "Conflict",
  CONSOLE_BUSY: "Console is in use",
  CONSOLE_STALLED: "The guest does not read",
  RATE_LIMITED: "Too many requests",
  INTERNAL: "Internal error",
  LIBVIRT_ERROR: "libvirt refused",
  AUDIT_UNAVAILABLE: "Cannot be recorded",
  CONSOLE_UNAVAILABLE: "No console",
  LIBVIRT_UNAVAILABLE: "libvirt does not answer",
  TIMEOUT: "Timed out",
};

/**
 * The one error that leaves the services: a stable code to match on, and a sentence that says what
 * was attempted, with its values quoted. Everything else that is thrown is a fault of ours.
 */
export class GlassError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GlassError";
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** Too much at once. */
export class RateLimited extends GlassError {
  /** Milliseconds until it may be tried again. */
  readonly wait: number;

  constructor(message: string, wait: number) {
    super("RATE_LIMITED", message);
    this.wait = wait;
  }
}

/** Any thrown thing as a GlassError; what is not ours becomes INTERNAL and tells nothing of itself. */
export function asGlassError(error: unknown): GlassError {
  if (error instanceof GlassError) return error;
  return new GlassError("INTERNAL", "Something went wrong in virtglass; its log has the details.", {
    cause: error,
  });
}

/** RFC 9457 problem details. */
export function toProblem(error: GlassError): Problem {
  return {
    type: `urn:virtglass:error:${error.code.toLowerCase().replaceAll("_", "-")}`,
    title: TITLE[error.code],
    status: error.status,
    detail: error.message,
    code: error.code,
  };
}

export function problemResponse(error: GlassError): Response {
  const response = Response.json(toProblem(error), {
    status: error.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
  if (error instanceof RateLimited) {
    response.headers.set("retry-after", String(Math.ceil(error.wait / 1000)));
  }
  return response;
}
