import { type AuditEntry, sameness } from "./entry.ts";

/** Milliseconds within which the same thing is one record and a count, and how many things. */
interface Bounds {
  window: number;
  things: number;
}
/** What somebody did who is signed in; and what anybody can: a day of it is 10,000 records at most. */
const BOUNDS = {
  known: { window: 60_000, things: 256 },
  anybody: { window: 600_000, things: 32 },
};

/** Who did what is counted together. */
const SEVERAL = { user: null, address: "(several)" };

/** What all of them have in common, as `sameness` has it. */
type Same = Omit<AuditEntry, "duration" | "detail">;

interface Repeated {
  same: Same;
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
  readonly #bounds: Record<"known" | "anybody", Bounds>;

  /** @param tell told of what was counted */
  constructor(tell: (entry: AuditEntry) => void, bounds = BOUNDS) {
    this.#tell = tell;
    this.#bounds = bounds;
  }

  /** Whether it is to be recorded now; otherwise it is counted. */
  isFirst(entry: AuditEntry): boolean {
    const signedIn = entry.actor.user !== null || entry.actor.address === null;
    const seen = signedIn ? this.#known : this.#anybody;
    const bounds = this.#bounds[signedIn ? "known" : "anybody"];
    const { kind, result } = entry;
    const own = sameness(entry);
    const full = seen.size >= bounds.things && !seen.has(own);
    const one = full ? { kind, actor: SEVERAL, result } : entry;
    const key = full ? sameness(one) : own;
    const before = seen.get(key);
    if (before) before.times++;
    else this.#begin(seen, key, one, bounds.window);
    return before === undefined;
  }

  #begin(seen: Map<string, Repeated>, key: string, entry: AuditEntry, window: number): void {
    // How long the first one took, and what else is told of it, says nothing of the others.
    const { duration: _duration, detail: _detail, ...same } = entry;
    const end = () => {
      const { times } = seen.get(key)!;
      seen.delete(key);
      if (times === 0) return;
      this.#tell({ ...same, detail: { times, seconds: window / 1000 } });
    };
    const timer = setTimeout(end, window);
    Deno.unrefTimer(timer);
    seen.set(key, { same, times: 0, timer });
  }

  /** Tells what was counted so far. */
  [Symbol.dispose](): void {
    for (const seen of [this.#known, this.#anybody]) {
      for (const { same, times, timer } of seen.values()) {
        clearTimeout(timer);
        if (times > 0) this.#tell({ ...same, detail: { times } });
      }
      seen.clear();
    }
  }
}
