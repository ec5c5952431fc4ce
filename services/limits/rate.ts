import { TokenBucket } from "limiter";

/**
 * So many points a key, which come back evenly within so many seconds. A key that spends nothing for
 * that long is forgotten: it has all its points again.
 */
export class Rate {
  readonly points: number;
  readonly #window: number;
  #present = new Map<string, TokenBucket>();
  /** Those of the window before, which have not been asked for in this one. */
  #past = new Map<string, TokenBucket>();
  #turnsAt: number;

  /** @param seconds in which all points come back */
  constructor(points: number, seconds: number) {
    this.points = points;
    this.#window = seconds * 1000;
    this.#turnsAt = performance.now() + this.#window;
  }

  /**
   * Spends points of a key; more than there can be are spent as that many.
   *
   * @returns 0, or when they are not there in how many ms they are
   */
  spend(key: string, points = 1): number {
    const bucket = this.#bucket(key);
    const wanted = Math.min(points, this.points);
    return bucket.tryRemoveTokens(wanted) ? 0 : Math.max(1, bucket.getWaitTime(wanted));
  }

  /** Gives points back that were spent for nothing. */
  refund(key: string, points = 1): void {
    const bucket = this.#bucket(key);
    bucket.content = Math.min(this.points, bucket.content + points);
  }

  /** How many keys are remembered. */
  get size(): number {
    this.#turn();
    return this.#present.size + this.#past.size;
  }

  #bucket(key: string): TokenBucket {
    this.#turn();
    const present = this.#present.get(key);
    if (present !== undefined) return present;
    const bucket = this.#past.get(key) ?? fullBucket(this.points, this.#window);
    this.#past.delete(key);
    this.#present.set(key, bucket);
    return bucket;
  }

  #turn(): void {
    const now = performance.now();
    if (now < this.#turnsAt) return;
    // After two windows nobody has spent anything of late.
    this.#past = now < this.#turnsAt + this.#window ? this.#present : new Map();
    this.#present = new Map();
    this.#turnsAt = now + this.#window;
  }
}

/** All points at once, and from then on so many in each interval of so many ms. */
export function fullBucket(points: number, interval: number): TokenBucket {
  const bucket = new TokenBucket({ bucketSize: points, tokensPerInterval: points, interval });
  bucket.content = points;
  return bucket;
}
