import { GlassError } from "@/services/errors.ts";

/** Refusals that a form itself answers, since it can be filled in again. */
const ANSWERABLE = new Set([
  "INVALID_MESSAGE",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "CONFLICT",
  "RATE_LIMITED",
]);

/** The refusal that a form shows above itself; whatever else was thrown is thrown on. */
export function refusal(error: unknown): GlassError {
  if (error instanceof GlassError && ANSWERABLE.has(error.code)) return error;
  throw error;
}
