import type { Action, Command } from "@/protocol/mod.ts";
import type { Store } from "@/services/store/mod.ts";

/** How many commands are kept: about 25 MB, and years of what people do by hand. */
const MOST = 100_000;

/** One command as the store has it; times in Unix ms. */
interface Row {
  request_id: string;
  user: string;
  vm_uuid: string;
  vm_name: string;
  action: Action;
  force: number;
  created_at: number;
  ended_at: number | null;
  success: number | null;
  message: string | null;
}

/** Which commands to list. */
export interface CommandFilter {
  /** A VM's UUID, or the name that it had. */
  vm?: string | undefined;
  /** Who gave them. */
  user?: string | undefined;
  /** Unix ms; only commands given before it. */
  before?: number | undefined;
  limit: number;
}

/** The commands that were given, the newest of them: written before one runs, and when it has ended. */
export class CommandHistory {
  readonly #store: Store;
  readonly #most: number;

  /** @param interrupted told of each that virtglass did not live to see the end of */
  constructor(store: Store, interrupted: (command: Command) => void, most = MOST) {
    this.#store = store;
    this.#most = most;
    store.transaction(() => {
      const rows = store.all<Row>(
        `UPDATE commands SET ended_at = ?, success = 0,
         message = 'Interrupted: virtglass ended while it ran.' WHERE ended_at IS NULL RETURNING *`,
        Date.now(),
      );
      for (const row of rows) interrupted(toCommand(row));
    });
  }

  /** Returns the number by which `end` knows it. */
  begin(command: Omit<Command, "endedAt" | "success" | "message">): number {
    const { id } = this.#store.get<{ id: number }>(
      `INSERT INTO commands (request_id, user, vm_uuid, vm_name, action, force, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      command.requestId,
      command.user,
      command.uuid,
      command.vm,
      command.action,
      command.force ? 1 : 0,
      Date.parse(command.createdAt),
    )!;
    this.#store.run("DELETE FROM commands WHERE id <= ?", id - this.#most);
    return id;
  }

  /** @param record records the same elsewhere in the store: both are written, or neither is */
  end(id: number, success: boolean, message: string, record: () => void): void {
    this.#store.transaction(() => {
      this.#store.run(
        "UPDATE commands SET ended_at = ?, success = ?, message = ? WHERE id = ?",
        Date.now(),
        success ? 1 : 0,
        message,
        id,
      );
      record();
    });
  }

  /** The last command that this user gave under this request id. */
  find(user: string, requestId: string): Command | null {
    const row = this.#store.get<Row>(
      "SELECT * FROM commands WHERE user = ? AND request_id = ? ORDER BY id DESC LIMIT 1",
      user,
      requestId,
    );
    return row ? toCommand(row) : null;
  }

  /**
   * The newest first.
   *
   * @param vms of these alone, by UUID; null for all
   */
  list({ vm, user, before, limit }: CommandFilter, vms: readonly string[] | null): Command[] {
    return this.#store.all<Row>(
      `SELECT * FROM commands WHERE (?1 IS NULL OR vm_uuid = ?1 OR vm_name = ?1)
       AND (?2 IS NULL OR user = ?2) AND (?3 IS NULL OR created_at < ?3)
       AND (?4 IS NULL OR vm_uuid IN (SELECT value FROM json_each(?4)))
       ORDER BY created_at DESC, id DESC LIMIT ?5`,
      vm ?? null,
      user ?? null,
      before ?? null,
      vms && JSON.stringify(vms),
      limit,
    ).map(toCommand);
  }
}

function toCommand(row: Row): Command {
  return {
    requestId: row.request_id,
    user: row.user,
    vm: row.vm_name,
    uuid: row.vm_uuid,
    action: row.action,
    force: row.force === 1,
    createdAt: new Date(row.created_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    success: row.success === null ? null : row.success === 1,
    message: row.message,
  };
}
