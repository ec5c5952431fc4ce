/** Milliseconds for which what was heard is proof enough; a server leaves an echo of 1 s unanswered. */
export const FRESH = 1500;

/**
 * Keeps one connection honest: says something once per interval, and calls `silent` when nothing
 * was heard for two intervals. Hidden tabs run timers once a minute, which is too slow for the
 * server's patience, so a message heard is also an occasion to speak.
 */
export class Heartbeat {
  #interval: number;
  #beat: () => void;
  #silent: () => void;
  #timer: ReturnType<typeof setTimeout>;
  #check: ReturnType<typeof setTimeout> | undefined;
  #heard = Date.now();
  #sent = Date.now();

  /** `interval` in milliseconds; `beat` sends one heartbeat, which the other side answers. */
  constructor(interval: number, beat: () => void, silent: () => void) {
    this.#interval = interval;
    this.#beat = beat;
    this.#silent = silent;
    this.#timer = setInterval(() => this.#tick(), interval);
  }

  /** Any message came in. */
  heard(): void {
    this.#heard = Date.now();
    clearTimeout(this.#check);
    // Not at every message: the answer to a heartbeat is a heartbeat, and would be answered for ever.
    if (Date.now() - this.#sent >= this.#interval / 2) this.#say();
  }

  /** Asks at once, for a page that wakes up: no answer within `patience` ms is silence. */
  check(patience: number): void {
    // Nobody answers a heartbeat right after the server's own, and what was just heard is an answer.
    if (this.#unheard < FRESH) return;
    clearTimeout(this.#check);
    this.#check = setTimeout(() => this.#silent(), patience);
    this.#say();
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#check);
  }

  #say(): void {
    this.#sent = Date.now();
    this.#beat();
  }

  /** Milliseconds since something was heard; positive, for a clock set back must not hide silence. */
  get #unheard(): number {
    return Math.abs(Date.now() - this.#heard);
  }

  #tick(): void {
    if (this.#unheard >= 2 * this.#interval) this.#silent();
    else this.#say();
  }
}
