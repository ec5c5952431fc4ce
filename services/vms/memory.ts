import type { Status } from "@/protocol/mod.ts";
import { log } from "../log.ts";
import type { Store } from "@/services/store/mod.ts";
import type { VMRecord } from "./record.ts";

/**
 * Since when each VM has been in its state, over a restart of virtglass: libvirt does not tell. A store that does not work,
 * such as one on a full disk, costs this memory and nothing more.
 */
export class StateMemory implements Disposable {
  readonly #store: Store;
  /** What is to be written once whoever waits for the news has got it. */
  readonly #kept = new Map<string, VMRecord>();
  #writing: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** What is kept of a VM that is still in the state it was in; null for any other. */
  recall(uuid: string, status: Status): { since: number; startedAt: number | null } | null {
    const row = attempt(
      uuid,
      () =>
        this.#store.get<{ status: Status; since: number; started_at: number | null }>(
          "SELECT status, since, started_at FROM vm_states WHERE uuid = ?",
          uuid,
        ),
    );
    return row?.status === status ? { since: row.since, startedAt: row.started_at } : null;
  }

  /** Written down in a moment: a socket's message leaves only when this turn has ended. */
  keep(record: VMRecord): void {
    this.#kept.set(record.uuid, record);
    this.#writing ??= setTimeout(() => this.#write(), 0);
  }

  forget(uuid: string): void {
    this.#kept.delete(uuid);
    attempt(uuid, () => this.#store.run("DELETE FROM vm_states WHERE uuid = ?", uuid));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#writing);
    this.#write();
  }

  #write(): void {
    this.#writing = undefined;
    for (const record of this.#kept.values()) this.#writeOne(record);
    this.#kept.clear();
  }

  #writeOne({ uuid, state, since, startedAt }: VMRecord): void {
    attempt(uuid, () =>
      this.#store.run(
        `INSERT INTO vm_states (uuid, status, since, started_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (uuid) DO UPDATE
         SET status = excluded.status, since = excluded.since, started_at = excluded.started_at`,
        uuid,
        state.status,
        since,
        startedAt === null ? null : Math.round(startedAt),
      ));
  }
}

function attempt<T>(uuid: string, use: () => T): T | undefined {
  try {
    return use();
  } catch (error) {
    log.error("The state of VM {uuid} cannot be kept: {error}", { uuid, error });
    return undefined;
  }
}
