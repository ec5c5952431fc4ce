/**
 * Tells when something takes too long, of things that come one after the other. They are many and hardly
 * ever late, so one timer stands for all of them: it looks again when the one under way has time left.
 */
export class Deadline {
  readonly #milliseconds: number;
  readonly #missed: () => void;
  /** By `performance.now()`; null while nothing is under way. */
  #endsAt: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param missed called once for each that takes longer */
  constructor(milliseconds: number, missed: () => void) {
    this.#milliseconds = milliseconds;
    this.#missed = missed;
  }

  begin(): void {
    this.#endsAt = performance.now() + this.#milliseconds;
    this.#timer ??= setTimeout(() => this.#look(), this.#milliseconds);
  }

  end(): void {
    this.#endsAt = null;
  }

  /** Nothing follows. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.end();
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#endsAt === null) return;
    const left = this.#endsAt - performance.now();
    if (left > 0) {
      this.#timer = setTimeout(() => this.#look(), left);
      return;
    }
    this.end();
    this.#missed();
  }
}
