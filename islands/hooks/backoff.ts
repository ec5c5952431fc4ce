/**
 * How long to wait before attempt `attempt` (0 for the first retry), in milliseconds: exponential
 * with full jitter, so that a thousand pages do not come back to a restarted server all at once.
 */
export function backoff(attempt: number, random = Math.random): number {
  return random() * Math.min(30_000, 500 * 2 ** attempt);
}
