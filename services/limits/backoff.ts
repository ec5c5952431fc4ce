/** What is known of one key that has failed. */
interface Failures {
  count: number;
  /** Milliseconds that it has to wait for the last one. */
  wait: number;
  /** `performance.now()` until which it has to wait. */
  until: number;
  /** `performance.now()` of the last one. */
  at: number;
}

export interface BackoffOptions {
  /** How many failures cost nothing. */
  free: number;
  /** Seconds that the first wait lasts. */
  first: number;
  /** Seconds that a wait, which doubles with each failure, lasts at most. */
  most: number;
  /** Seconds without a failure after which all are forgotten. */
  memory: number;
  /** How many keys are remembered; of more, those that failed longest ago are forgotten. */
  keys?: number;
}

/**
 * Has whoever fails wait twice as long each time. Keys are made by strangers, so there is an end to
 * them; and nothing depends on the time of day, which a limiter of requests counts by.
 */
export class Backoff {
  readonly #options: Required<BackoffOptions>;
  /** In the order of their last failure. */
  readonly #failures = new Map<string, Failures>();

  constructor(options: BackoffOptions) {
    this.#options = { keys: 20_000, ...options };
  }

  /** Milliseconds to wait before the next try. */
  wait(key: string): number {
    const failures = this.#known(key);
    return failures === undefined ? 0 : Math.max(0, failures.until - performance.now());
  }

  /** Counts a failure. */
  fail(key: string): void {
    const { free, first, most, keys } = this.#options;
    const count = (this.#known(key)?.count ?? 0) + 1;
    const at = performance.now();
    const doubled = first * 2 ** Math.min(30, count - free - 1);
    const wait = count > free ? Math.min(most, doubled) * 1000 : 0;
    this.#failures.delete(key);
    if (this.#failures.size >= keys) this.#failures.delete(this.#failures.keys().next().value!);
    this.#failures.set(key, { count, wait, at, until: at + wait });
  }

  /** The wait for the last failure begins now: it took a while to be one. */
  begin(key: string): void {
    const failures = this.#failures.get(key);
    if (failures !== undefined) failures.until = performance.now() + failures.wait;
  }

  /** One failure was none after all: it counts no more, and nobody waits for it. */
  takeBack(key: string): void {
    const failures = this.#failures.get(key);
    if (failures === undefined) return;
    failures.count--;
    failures.wait = 0;
    failures.until = 0;
    if (failures.count === 0) this.#failures.delete(key);
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  #known(key: string): Failures | undefined {
    const failures = this.#failures.get(key);
    if (failures === undefined) return undefined;
    if (performance.now() - failures.at < this.#options.memory * 1000) return failures;
    this.#failures.delete(key);
    return undefined;
  }
}
