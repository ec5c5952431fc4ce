import type { Status } from "@/protocol.ts";
import type { Store } from "../store.ts";
import type { VMRecord } from "./record.ts";

/**
 * Since when each VM has been in its state, over a restart of virtglass: libvirt does not tell. What
 * changed while virtglass was away counts as changed when it was noticed.
 */
export class StateMemory {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  recall(uuid: string, status: Status): { since: number; startedAt: number | null } {
    const row = this.#store.get<{ status: Status; since: number; started_at: number | null }>(
      "SELECT status, since, started_at FROM vm_states WHERE uuid = ?",
      uuid,
    );
    return row?.status === status
      ? { since: row.since, startedAt: row.started_at }
      : { since: Date.now(), startedAt: null };
  }

  keep({ uuid, state, since, startedAt }: VMRecord): void {
    this.#store.run(
      `INSERT INTO vm_states (uuid, status, since, started_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (uuid) DO UPDATE
       SET status = excluded.status, since = excluded.since, started_at = excluded.started_at`,
      uuid,
      state.status,
      since,
      startedAt === null ? null : Math.round(startedAt),
    );
  }

  forget(uuid: string): void {
    this.#store.run("DELETE FROM vm_states WHERE uuid = ?", uuid);
  }
}
