import type * as limiter from "rate-limiter-flexible";
// The package's index loads its limiters for Redis, MySQL and the like as well.
import Memory from "rate-limiter-flexible/lib/RateLimiterMemory.js";

const RateLimiterMemory: typeof limiter.RateLimiterMemory = Memory;

/**
 * So many points a key in each window of so many seconds. A key is forgotten when its window ends, so
 * memory is bounded by the keys of one window.
 */
export class Rate {
  readonly points: number;
  readonly #window: number;
  readonly #limiter: limiter.RateLimiterMemory;

  /** @param seconds length of a window */
  constructor(points: number, seconds: number) {
    this.points = points;
    this.#window = seconds * 1000;
    this.#limiter = new RateLimiterMemory({ points, duration: seconds });
  }

  /**
   * Spends points of a key's present window; more than a whole window has are spent as that many.
   *
   * @returns 0, or when they are not there how many ms the window still lasts
   */
  async spend(key: string, points = 1): Promise<number> {
    try {
      await this.#limiter.consume(key, Math.min(points, this.points));
      return 0;
    } catch (error) {
      if (error instanceof Error) throw error;
      const { msBeforeNext } = error as limiter.RateLimiterRes;
      // The limiter counts by the time of day: a clock that was set back must not make it longer.
      return Math.min(Math.max(1, msBeforeNext), this.#window);
    }
  }

  /** Gives points back that were spent for nothing. */
  async refund(key: string, points = 1): Promise<void> {
    await this.#limiter.reward(key, points);
  }
}
