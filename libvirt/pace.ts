/** Milliseconds from one look to the next while more keeps coming. */
const PACE = 4;

/**
 * When to look at what comes. After a pause at once, so an echo is there without delay; while more
 * keeps coming every 4 ms, and nobody needs to call meanwhile. A virtio console says 16 bytes at a
 * time: a call from libvirt's thread for each of them takes from the guest what a busy machine has.
 */
export class Pace implements Disposable {
  readonly #look: () => boolean;
  readonly #listen: (on: boolean) => void;
  #lookedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  /**
   * @param look takes what has come, and answers whether there was any
   * @param listen says whether `came` is to be called from now on
   */
  constructor(look: () => boolean, listen: (on: boolean) => void) {
    this.#look = look;
    this.#listen = listen;
  }

  /** To be called when something has come, and again while it was not taken. */
  came(): void {
    const wait = this.#lookedAt + PACE - performance.now();
    if (wait <= 0) {
      this.#lookNow();
      return;
    }
    this.#listen(false);
    this.#lookIn(wait);
  }

  /** There is nothing to look for any more. */
  [Symbol.dispose](): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  #lookNow(): boolean {
    this.#lookedAt = performance.now();
    return this.#look();
  }

  #lookIn(wait: number): void {
    this.#timer = setTimeout(() => {
      const some = this.#lookNow();
      if (this.#over) return;
      if (some) this.#lookIn(PACE);
      else this.#listen(true);
    }, wait);
  }
}
