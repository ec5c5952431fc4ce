import { Backoff } from "@/services/limits/backoff.ts";
import { log } from "../log.ts";

/**
 * VMs that libvirt knows and could not tell of when it was asked last, such as one that it denies us.
 * Each is warned of once, and what is only asked to be sure is asked ever more seldom, until it can be
 * read again: who asks every second would fill the log, and keep the lane from others.
 */
export class Unreadable {
  readonly #pauses = new Backoff({ free: 0, first: 1, most: 300, memory: 3600 });
  readonly #warned = new Set<string>();

  /** Whether it may be asked for again; of a VM that can be read, always. */
  isDue(uuid: string): boolean {
    return this.#pauses.wait(uuid) === 0;
  }

  add(uuid: string, name: string, error: unknown): void {
    this.#pauses.fail(uuid);
    if (this.#warned.has(uuid)) return;
    this.#warned.add(uuid);
    log.warn('VM "{vm}" cannot be read, and is shown as it was: {error}', { vm: name, error });
  }

  /** It has been read, or is gone. */
  delete(uuid: string): void {
    this.#pauses.forget(uuid);
    this.#warned.delete(uuid);
  }
}
