/**
 * A moment by two clocks: the time of day, which is what people and the wire are told, and one that
 * nobody can set, which is what durations are taken from.
 */
export interface Moment {
  /** Unix ms. */
  unix: number;
  /** Milliseconds since this process began, as `performance.now()` has them. */
  steady: number;
}

export function now(): Moment {
  return { unix: Date.now(), steady: performance.now() };
}

/**
 * Unix time in ms that nobody can set: the time of day at which this process began, and what has
 * passed since. For what is counted from a moment before that, such as the uptime of a guest.
 */
export function steadyUnix(): number {
  return Math.round(performance.timeOrigin + performance.now());
}
