import type { Recording } from "@/protocol/mod.ts";
import type { Store } from "@/services/store/mod.ts";

/** Recordings in one list: as much as a page shows, and an answer can well have. */
export const MOST_LISTED = 1_000;

/** One recording as the store has it; times in Unix ms. */
interface Row {
  id: string;
  vm_uuid: string;
  vm_name: string;
  started_by: string;
  started_at: number;
  ended_at: number | null;
  ended: string | null;
  bytes: number;
  input: number;
}

/** What is known of every recording that there is a file of. */
export class Catalog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  add({ id, uuid, vm, startedBy, startedAt, input }: Recording): void {
    this.#store.run(
      `INSERT INTO recordings (id, vm_uuid, vm_name, started_by, started_at, bytes, input)
       VALUES (?, ?, ?, ?, ?, 0, ?)`,
      id,
      uuid,
      vm,
      startedBy,
      Date.parse(startedAt),
      input ? 1 : 0,
    );
  }

  /** @param at Unix ms */
  end(id: string, at: number, ended: string, bytes: number): void {
    this.#store.run(
      "UPDATE recordings SET ended_at = ?, ended = ?, bytes = ? WHERE id = ?",
      at,
      ended,
      bytes,
      id,
    );
  }

  remove(id: string): void {
    this.#store.run("DELETE FROM recordings WHERE id = ?", id);
  }

  get(id: string): Recording | null {
    const row = this.#store.get<Row>("SELECT * FROM recordings WHERE id = ?", id);
    return row ? toRecording(row) : null;
  }

  /** All of them, the newest first. */
  all(): Recording[] {
    return this.#store.all<Row>("SELECT * FROM recordings ORDER BY started_at DESC, rowid DESC")
      .map(toRecording);
  }

  /**
   * The newest thousand, the newest first; of one VM by its UUID, or by the name it had, or of all.
   *
   * @param vms of these alone, by UUID; null for all
   */
  list(vm: { uuid?: string; name?: string }, vms: readonly string[] | null): Recording[] {
    const { uuid = null, name = null } = vm;
    return this.#store.all<Row>(
      `SELECT * FROM recordings
       WHERE ((?1 IS NULL AND ?2 IS NULL) OR vm_uuid = ?1 OR vm_name = ?2)
       AND (?3 IS NULL OR vm_uuid IN (SELECT value FROM json_each(?3)))
       ORDER BY started_at DESC, rowid DESC LIMIT ?4`,
      uuid,
      name,
      vms && JSON.stringify(vms),
      MOST_LISTED,
    ).map(toRecording);
  }
}

function toRecording(row: Row): Recording {
  return {
    id: row.id,
    vm: row.vm_name,
    uuid: row.vm_uuid,
    startedBy: row.started_by,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    ended: row.ended,
    bytes: row.bytes,
    input: row.input === 1,
  };
}
