import type { Command } from "@/protocol/mod.ts";

/** Milliseconds in which the same request id of the same user is the same command. */
const REPEAT_WINDOW = 10 * 60_000;

/** Which commands were given within the last minutes, by the steady clock. */
export class RecentKeys {
  readonly #givenAt = new Map<string, number>();

  add(key: string): void {
    this.#forgetOld();
    this.#givenAt.delete(key);
    this.#givenAt.set(key, performance.now());
  }

  /** Whether the key stands for this command still. After a restart the time of day tells. */
  has(key: string, { createdAt }: Command): boolean {
    this.#forgetOld();
    return this.#givenAt.has(key) || Date.parse(createdAt) > Date.now() - REPEAT_WINDOW;
  }

  /** Maps keep insertion order, so the oldest come first. */
  #forgetOld(): void {
    for (const [key, at] of this.#givenAt) {
      if (at > performance.now() - REPEAT_WINDOW) return;
      this.#givenAt.delete(key);
    }
  }
}
