/** Milliseconds for which something stays recent. */
const WINDOW = 60_000;

/** What happened within the last minute. */
export class Recent {
  /** By key, when it ceases to be, by the steady clock. */
  readonly #ends = new Map<string, number>();

  add(key: string): void {
    this.#ends.delete(key);
    this.#ends.set(key, performance.now() + WINDOW);
  }

  /** Maps keep insertion order, so the oldest come first. */
  has(key: string): boolean {
    for (const [old, end] of this.#ends) {
      if (end > performance.now()) break;
      this.#ends.delete(old);
    }
    return this.#ends.has(key);
  }
}
