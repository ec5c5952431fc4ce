import type { Status } from "@/protocol/mod.ts";
import { log } from "../log.ts";
import type { Store } from "@/services/store/mod.ts";
import { COMMIT, VERSION } from "../version.ts";
import type { Definition } from "./definition.ts";
import type { VMRecord } from "./record.ts";

/** Another build may take another shape of definition, or read more from the XML. */
const BUILD = `${VERSION} ${COMMIT}`;

/** Milliseconds by which two readings of one start may differ: libvirt tells of it once QEMU is there. */
const SAME_START = 5_000;

/** Whether a guest whose QEMU started then has ended, and this is the start of the next one. */
export function isAnotherStart(known: number | null, startedAt: number | undefined): boolean {
  return known !== null && startedAt !== undefined && startedAt - known > SAME_START;
}

/** Since when a VM has been in its state, and when its guest started, by the clocks of `VMRecord`. */
interface Remembered {
  since: number;
  startedAt: number | null;
}

/**
 * What is known of each VM over a restart of virtglass: since when it has been in its state, which
 * libvirt does not tell, and what it is made of, which libvirt takes a call for each VM to tell. A
 * store that does not work, such as one on a full disk, costs this memory and nothing more.
 */
export class VMMemory implements Disposable {
  readonly #store: Store;
  /** What is to be written once whoever waits for the news has got it. */
  readonly #kept = new Map<string, VMRecord>();
  #writing: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * What is kept of a VM that is still in the state it was in; null for any other, and for a guest that
   * has ended and was started again meanwhile.
   *
   * @param startedAt when its QEMU started, as `steadyUnix` counts, where that is known
   */
  recall(uuid: string, status: Status, startedAt?: number): Remembered | null {
    const row = attempt(
      `VM ${uuid}`,
      () =>
        this.#store.get<Remembered & { status: Status }>(
          "SELECT status, since, started_at AS startedAt FROM vm_states WHERE uuid = ?",
          uuid,
        ),
    );
    if (row?.status !== status) return null;
    const { since, startedAt: before } = row;
    return isAnotherStart(before, startedAt) ? null : { since, startedAt: before };
  }

  /** What VMs were made of, by UUID, as this build has read it. */
  definitions(): ReadonlyMap<string, Definition> {
    const known = attempt("VMs", () => {
      const rows = this.#store.all<{ uuid: string; definition: string }>(
        "SELECT uuid, definition FROM vm_states WHERE build = ?",
        BUILD,
      );
      return rows.map(({ uuid, definition }) => [uuid, JSON.parse(definition)] as const);
    });
    return new Map(known?.filter(([, definition]) => isDefinition(definition)));
  }

  /** Written down in a moment: a socket's message leaves only when this turn has ended. */
  keep(record: VMRecord): void {
    this.#kept.set(record.uuid, record);
    this.#writing ??= setTimeout(() => this.#write(), 0);
  }

  forget(uuid: string): void {
    this.#kept.delete(uuid);
    attempt(`VM ${uuid}`, () => this.#store.run("DELETE FROM vm_states WHERE uuid = ?", uuid));
  }

  /** Forgets all but these. */
  forgetOthers(uuids: Iterable<string>): void {
    attempt("VMs", () =>
      this.#store.run(
        "DELETE FROM vm_states WHERE uuid NOT IN (SELECT value FROM json_each(?))",
        JSON.stringify([...uuids]),
      ));
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

  #writeOne({ uuid, state, since, startedAt, definition }: VMRecord): void {
    attempt(`VM ${uuid}`, () =>
      this.#store.run(
        `INSERT INTO vm_states (uuid, status, since, started_at, definition, build)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (uuid) DO UPDATE
         SET status = excluded.status, since = excluded.since, started_at = excluded.started_at,
             definition = excluded.definition, build = excluded.build`,
        uuid,
        state.status,
        since,
        startedAt === null ? null : Math.round(startedAt),
        JSON.stringify(definition),
        BUILD,
      ));
  }
}

/** A build without a commit, of a checkout that is being worked on, may have written another shape. */
function isDefinition(value: unknown): value is Definition {
  const { vcpus, memory, console, interfaces, disks } = Object(value);
  return [vcpus, memory].every(Number.isFinite) && typeof console === "boolean" &&
    [interfaces, disks].every(Array.isArray);
}

function attempt<T>(whose: string, use: () => T): T | undefined {
  try {
    return use();
  } catch (error) {
    log.error("What is known of {whose} cannot be kept: {error}", { whose, error });
    return undefined;
  }
}
