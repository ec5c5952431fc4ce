/** Counts who is there by some key, such as a user's name; keys that nobody has take no memory. */
export class Places {
  readonly most: number;
  readonly #taken = new Map<string, number>();

  constructor(most: number) {
    this.most = most;
  }

  isFull(key: string): boolean {
    return this.#count(key) >= this.most;
  }

  /** Whether as many again have come and not gone. */
  isOverrun(key: string): boolean {
    return this.#count(key) >= 2 * this.most;
  }

  /** A place until it is disposed, though it be one too many. */
  take(key: string): Disposable {
    this.#taken.set(key, this.#count(key) + 1);
    return { [Symbol.dispose]: () => this.#leave(key) };
  }

  /** How many keys have somebody. */
  get size(): number {
    return this.#taken.size;
  }

  #count(key: string): number {
    return this.#taken.get(key) ?? 0;
  }

  #leave(key: string): void {
    const left = this.#count(key) - 1;
    if (left > 0) this.#taken.set(key, left);
    else this.#taken.delete(key);
  }
}
