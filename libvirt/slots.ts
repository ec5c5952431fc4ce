/**
 * A counting semaphore with a bounded wait. Deno runs nonblocking calls on 32 threads; when all of them
 * hang in libvirt, nothing works any more, not even reading a file. So calls take a slot first.
 */
export class Slots {
  #free: number;
  readonly #waiting: ((taken: boolean) => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes a slot if one is free now. */
  tryTake(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  /** Waits for a slot, in order of arrival; false when none came free in `ms` milliseconds. */
  take(ms = Infinity): Promise<boolean> {
    if (this.tryTake()) return Promise.resolve(true);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.push(resolve);
    if (ms === Infinity) return promise;
    const timer = setTimeout(() => {
      const at = this.#waiting.indexOf(resolve);
      if (at < 0) return;
      this.#waiting.splice(at, 1);
      resolve(false);
    }, ms);
    return promise.finally(() => clearTimeout(timer));
  }

  /** Gives a slot back. */
  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next(true);
  }
}

/** Calls of all connections; with sends, opens and the event loop it stays below Deno's 32 threads. */
export const callSlots = new Slots(16);

/** Sends to consoles hang while a guest does not read: they must not take the slots of the rest. */
export const sendSlots = new Slots(10);
