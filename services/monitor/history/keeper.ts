import { type Moment, now } from "../../clock.ts";
import { log } from "../../log.ts";
import type { Store } from "@/services/store/mod.ts";
import { REACH } from "./history.ts";
import { read, save } from "./saved.ts";
import type { Subject } from "./subject.ts";

/** A history is written down when the last time was this long ago, in ms. */
const RARELY = 30 * 60_000;
/** And never two of them closer together than this: one takes some milliseconds. */
const APART = 2_000;
/** How long the end of the server may wait for all of them, in ms: the older half hour is there. */
const AT_THE_END = 2_000;

/** For each millisecond that reading takes, so many are left to everything else. */
const PATIENCE = 4;
/** So much of it may be read at once, in ms: a few VMs have their history from the first sample on. */
const AT_ONCE = 10;

export interface KeeperOptions {
  /** How long histories may be read without a pause, in ms. */
  atOnce?: number;
}

/** A subject that is there, and what of it is in the store. */
interface Kept {
  subject: Subject;
  savedAt: number;
  /** Rows that it had at that time. */
  rows: number;
}

/**
 * Histories over a restart: a blob for each subject and resolution in the store, written one after the
 * other, seldom, and all of them at the end. A store that does not work costs this memory and nothing
 * more.
 */
export class Keeper implements Disposable {
  readonly #store: Store;
  readonly #atOnce: number;
  readonly #kept = new Map<string, Kept>();
  /** Those whose history is still to be read. */
  readonly #waiting = new Map<string, Subject>();
  #saving: ReturnType<typeof setInterval> | undefined;
  #reading: ReturnType<typeof setTimeout> | undefined;
  /** Until when everything else has the time that it is owed, in ms of the steady clock. */
  #owedUntil = 0;

  constructor(store: Store, { atOnce = AT_ONCE }: KeeperOptions = {}) {
    this.#store = store;
    this.#atOnce = atOnce;
    attempt("all VMs", () => {
      store.run("DELETE FROM metrics_history WHERE saved_at < ?", Date.now() - REACH * 1000);
    });
  }

  start(): void {
    this.#saving ??= setInterval(() => this.#saveOne(), APART);
  }

  /** Whether the subject has the history that was kept of it, and may go on with it. */
  has(id: string): boolean {
    return this.#kept.has(id);
  }

  /** As `keep`, at once or a little later: the histories of 500 VMs take seconds to read. */
  keepSoon(id: string, subject: Subject): void {
    this.#waiting.set(id, subject);
    this.#readSome();
  }

  /** Gives the subject the history that was kept of it, and keeps it from here on. */
  keep(id: string, subject: Subject): void {
    if (this.#kept.has(id)) return;
    this.#waiting.delete(id);
    attempt(id, () => this.#load(id, subject, now()));
    this.#kept.set(id, {
      subject,
      savedAt: performance.now(),
      rows: subject.history.tiers[0]!.end,
    });
  }

  forget(id: string): void {
    this.#waiting.delete(id);
    this.#kept.delete(id);
    attempt(id, () => this.#store.run("DELETE FROM metrics_history WHERE subject = ?", id));
  }

  /** Writes down all of them, in the time that there is for it. */
  [Symbol.dispose](): void {
    clearInterval(this.#saving);
    clearTimeout(this.#reading);
    const end = performance.now() + AT_THE_END;
    for (const [id, kept] of this.#oldest()) {
      if (performance.now() > end) return;
      this.#save(id, kept);
    }
  }

  #readSome(): void {
    for (const [id, subject] of this.#waiting) {
      const begin = performance.now();
      if (begin < this.#owedUntil - this.#atOnce * PATIENCE) break;
      this.keep(id, subject);
      const end = performance.now();
      this.#owedUntil = Math.max(begin, this.#owedUntil) + (end - begin) * (1 + PATIENCE);
    }
    clearTimeout(this.#reading);
    if (this.#waiting.size === 0) return;
    this.#reading = setTimeout(() => this.#readSome(), this.#owedUntil - performance.now());
  }

  #saveOne(): void {
    for (const [id, kept] of this.#oldest()) {
      if (performance.now() - kept.savedAt < RARELY) return;
      if (this.#save(id, kept)) return;
    }
  }

  #oldest(): [string, Kept][] {
    return [...this.#kept].sort(([, a], [, b]) => a.savedAt - b.savedAt);
  }

  /** Whether there was anything new to write. */
  #save(id: string, kept: Kept): boolean {
    const { history, series } = kept.subject;
    kept.savedAt = performance.now();
    if (kept.rows === history.tiers[0]!.end) return false;
    kept.rows = history.tiers[0]!.end;
    const { unix, steady } = now();
    attempt(id, () => {
      for (const [n, tier] of history.tiers.entries()) {
        this.#store.run(
          `INSERT INTO metrics_history (subject, step, saved_at, data) VALUES (?, ?, ?, ?)
           ON CONFLICT (subject, step) DO UPDATE
           SET saved_at = excluded.saved_at, data = excluded.data`,
          id,
          tier.step,
          unix,
          save({ series, unfolded: history.unfolded(n), rows: tier.rows }, steady),
        );
      }
    });
    return true;
  }

  #load(id: string, subject: Subject, { unix, steady }: Moment): void {
    const { history } = subject;
    const saved = this.#store.all<{ step: number; saved_at: number; data: Uint8Array }>(
      "SELECT step, saved_at, data FROM metrics_history WHERE subject = ? ORDER BY step",
      id,
    );
    let known: string | null = null;
    const unfolded: number[] = [];
    for (const { step, saved_at, data } of saved) {
      const n = history.tiers.findIndex((tier) => tier.step === step);
      const tier = history.tiers[n];
      // A clock that was set back meanwhile must not put what was into what is to come.
      const away = Math.max(0, unix - saved_at);
      const found = tier && read(data, tier, steady - away);
      if (!tier || !found) continue;
      if (known === null && !subject.adopt(found.series)) return;
      known ??= String(found.series);
      if (String(found.series) !== known) continue;
      tier.rows = found.rows;
      unfolded[n] = found.unfolded;
    }
    history.resume(unfolded);
  }
}

function attempt(id: string, use: () => void): void {
  try {
    use();
  } catch (error) {
    log.error("The metrics history of {id} cannot be kept: {error}", { id, error });
  }
}
