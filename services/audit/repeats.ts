import type { AuditEntry } from "./entry.ts";

/** Milliseconds within which the same thing is one record and a count, and how many things. */
interface Bounds {
  window: number;
  things: number;
}
/** What somebody did who is signed in. */
const KNOWN: Bounds = { window: 60_000, things: 256 };
/** What anybody on the network can do: a day of it makes 10,000 records at most. */
const ANYBODY: Bounds = { window: 600_000, things: 32 };

interface Repeated {
  entry: AuditEntry;
  times: number;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * Keeps a flood out of the audit log. The first time is recorded at once; what is the same (kind,
 * user, address, VM, subject and result) is counted, and told when the window ends. Where too many
 * different things happen at once, the others of a kind are counted together.
 */
export class Repeats implements Disposable {
  readonly #known = new Map<string, Repeated>();
  readonly #anybody = new Map<string, Repeated>();
  readonly #tell: (entry: AuditEntry) => void;

  /** @param tell told of what was counted */
  constructor(tell: (entry: AuditEntry) => void) {
    this.#tell = tell;
  }

  /** Whether it is to be recorded now; otherwise it is counted. */
  isFirst(entry: AuditEntry): boolean {
    const signedIn = entry.actor.user !== null || entry.actor.address === null;
    const [seen, bounds] = signedIn ? [this.#known, KNOWN] : [this.#anybody, ANYBODY];
    const { kind, actor: { user, address }, vm, subject, result } = entry;
    const own = JSON.stringify([kind, user, address, vm?.uuid, subject, result]);
    const full = seen.size >= bounds.things && !seen.has(own);
    const key = full ? JSON.stringify([kind, result]) : own;
    const before = seen.get(key);
    if (before) {
      before.times++;
      return false;
    }
    const others = { kind, actor: { user: null, address: "(several)" }, result };
    this.#begin(seen, key, full ? others : entry, bounds.window);
    return true;
  }

  #begin(seen: Map<string, Repeated>, key: string, entry: AuditEntry, window: number): void {
    const end = () => {
      const { times } = seen.get(key)!;
      seen.delete(key);
      if (times === 0) return;
      this.#tell({ ...entry, detail: { times, seconds: window / 1000 } });
    };
    const timer = setTimeout(end, window);
    Deno.unrefTimer(timer);
    seen.set(key, { entry, times: 0, timer });
  }

  /** Tells what was counted so far. */
  [Symbol.dispose](): void {
    for (const seen of [this.#known, this.#anybody]) {
      for (const { entry, times, timer } of seen.values()) {
        clearTimeout(timer);
        if (times > 0) this.#tell({ ...entry, detail: { times } });
      }
      seen.clear();
    }
  }
}
