import { GlassError } from "@/services/errors.ts";

/** Failures that the form itself answers: it can be filled in again. */
const ANSWERABLE = new Set([
  "INVALID_MESSAGE",
  "UNAUTHENTICATED",
  "CONFLICT",
  "VM_NOT_FOUND",
  "RATE_LIMITED",
]);

/** The error, when it is one that the form answers. @throws what it is otherwise */
export function answerable(error: unknown): GlassError {
  if (error instanceof GlassError && ANSWERABLE.has(error.code)) return error;
  throw error;
}
