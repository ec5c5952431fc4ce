/** Limits of the wait between two attempts, in milliseconds. */
export interface BackoffLimits {
  min: number;
  max: number;
}

/**
 * Exponential backoff with full jitter: the n-th wait is anywhere between 0 and min * 2^n, at most max, so
 * that many clients of a daemon that restarts do not all come back in the same moment.
 */
export class Backoff {
  readonly #limits: BackoffLimits;
  readonly #random: () => number;
  #attempts = 0;

  constructor(limits: BackoffLimits, random: () => number = Math.random) {
    this.#limits = limits;
    this.#random = random;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const { min, max } = this.#limits;
    return this.#random() * Math.min(max, min * 2 ** this.#attempts++);
  }

  /** The next wait is a short one again. */
  reset(): void {
    this.#attempts = 0;
  }
}
