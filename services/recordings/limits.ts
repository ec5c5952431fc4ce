import type { Recording } from "@/protocol/mod.ts";

const DAY = 86_400_000;

/** Recordings that are kept, however small they are: all of them are looked at every minute. */
export const MOST = 10_000;

export interface Limits {
  /** Bytes of one recording. */
  maxSize: number;
  /** Days that a recording is kept after its end. */
  maxAge: number;
  /** Bytes of all recordings together. */
  maxTotal: number;
}

/** What the limits ask for: recordings to remove, and a running one to end when that is not enough. */
export interface Excess {
  remove: Recording[];
  end: Recording | null;
}

/**
 * Which recordings are too old or too many at `now` (Unix ms). Of too many the oldest that have ended
 * go first; when the running ones alone are too large, the oldest of them ends.
 *
 * @param recordings the newest first
 */
export function excess(recordings: Recording[], { maxAge, maxTotal }: Limits, now: number): Excess {
  const remove: Recording[] = [];
  let count = recordings.length;
  let total = recordings.reduce((sum, { bytes }) => sum + bytes, 0);
  const oldestFirst = recordings.toReversed();
  for (const recording of oldestFirst) {
    const { endedAt, bytes } = recording;
    if (endedAt === null) continue;
    const fits = count <= MOST && total <= maxTotal;
    if (fits && now - Date.parse(endedAt) < maxAge * DAY) continue;
    remove.push(recording);
    count--;
    total -= bytes;
  }
  const running = oldestFirst.find(({ endedAt }) => endedAt === null);
  return { remove, end: total > maxTotal ? running ?? null : null };
}
