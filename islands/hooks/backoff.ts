/**
 * How long to wait before attempt `attempt` (0 for the first retry), in milliseconds: exponential
 * with full jitter, so that a thousand pages do not come back to a restarted server all at once.
 */
export function backoff(
  attempt: number,
  { base = 500, cap = 30_000, random = Math.random }: {
    base?: number;
    cap?: number;
    random?: () => number;
  } = {},
): number {
  return random() * Math.min(cap, base * 2 ** Math.min(attempt, 30));
}
