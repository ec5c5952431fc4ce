/**
 * Does something soon, however often it is asked: at once after a pause, and else when so much time
 * has passed since it was done last.
 */
export class Paced implements Disposable {
  readonly #act: () => void;
  #doneAt = -Infinity;
  #due = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(act: () => void) {
    this.#act = act;
  }

  /** @param pace milliseconds from one time to the next */
  soon(pace: number): void {
    if (this.#due) return;
    this.#due = true;
    const wait = this.#doneAt + pace - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.now(), wait);
    else queueMicrotask(() => this.now());
  }

  now(): void {
    this.#due = false;
    clearTimeout(this.#timer);
    this.#doneAt = performance.now();
    this.#act();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
