import type { User } from "@/protocol/mod.ts";
import { log } from "@/services/log.ts";
import type { Store } from "@/services/store/mod.ts";
import { APITokens } from "./api_tokens.ts";
import { capped } from "./capped.ts";
import { Remembered } from "./remembered.ts";
import type { Session } from "./session.ts";
import type { SessionRow, SessionRows } from "./session_rows.ts";
import type { Users } from "./users.ts";

/** Milliseconds after which it is written down again that a session is used. */
const NOTED = 60_000;

/** What is known of a session or API token until something changes. */
interface Known {
  id: string;
  user: User;
  expiresAt: number;
  usedAt: number;
}

/**
 * Sessions and API tokens by their ids, as memory has them: the store is read again when something has
 * changed, here or in another process.
 */
export class KnownSessions {
  readonly #store: Store;
  readonly #rows: SessionRows;
  readonly #apiTokens: APITokens;
  readonly #users: Users;
  /** Milliseconds after which a session ends that nobody uses. */
  readonly #idle: number;
  readonly #known = new Remembered<Known>();
  /** All that is forgotten when something changes. */
  readonly #memories: Remembered<unknown>[] = [this.#known];
  #dataVersion = -1;
  #usersRevision = -1;
  #tokensRevision = -1;
  /** `performance.now()` of the last look at what other processes wrote. */
  #lookedAt = -Infinity;
  /** Grows whenever a session may have ended or changed. */
  #revision = 0;
  readonly #seen = new WeakMap<object, number>();
  readonly #listeners = new Set<() => void>();

  /** @param idle seconds after which a session ends that nobody uses */
  constructor(store: Store, rows: SessionRows, apiTokens: APITokens, users: Users, idle: number) {
    this.#store = store;
    this.#rows = rows;
    this.#apiTokens = apiTokens;
    this.#users = users;
    this.#idle = idle * 1000;
    users.onChange(() => this.forget());
  }

  /** Calls `listener` as soon as any session may have ended or changed. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** A memory for what leads to sessions: it is empty again when one may have ended or changed. */
  memory<Value>(): Remembered<Value> {
    const memory = new Remembered<Value>();
    this.#memories.push(memory);
    return memory;
  }

  /** A session as what shows it sees it, which is good until `until`; and a use of it. */
  show(id: string, until = Infinity): Session | null {
    const known = this.#look(id);
    const now = Date.now();
    if (!known || this.#isIdle(known, now)) return null;
    const expiresAt = Math.min(known.expiresAt, until);
    if (expiresAt <= now) return null;
    this.#use(known);
    return { id, user: known.user, expiresAt };
  }

  /** The session as it is now: null once it has expired, was ended, or its user is gone. */
  current({ id, expiresAt }: Session): Session | null {
    const known = expiresAt > Date.now() ? this.#look(id) : null;
    return known && { id, user: known.user, expiresAt };
  }

  /** Notes that the session is used, which keeps it from ending for want of use. */
  use(id: string): void {
    const known = this.#look(id);
    if (known) this.#use(known);
  }

  /** A user's sessions, the one used last first. */
  of(user: string): SessionRow[] {
    const now = Date.now();
    return this.#rows.of(user, now)
      .map((row) => ({ ...row, usedAt: this.#known.get(row.id)?.usedAt ?? row.usedAt }))
      .filter((row) => !this.#isIdle(row, now));
  }

  /**
   * Forgets what has changed: users do here, and by `virtglass user ...` in another process.
   *
   * @param patience ms for which the last look at what other processes wrote is good enough
   */
  notice(patience = 0): void {
    const { revision } = this.#users;
    const tokensRevision = this.#apiTokens.revision;
    const now = performance.now();
    const old = now - this.#lookedAt >= patience;
    if (old) this.#lookedAt = now;
    const version = old ? this.#store.dataVersion() : this.#dataVersion;
    if (
      version === this.#dataVersion && revision === this.#usersRevision &&
      tokensRevision === this.#tokensRevision
    ) return;
    this.#dataVersion = version;
    this.#usersRevision = revision;
    this.#tokensRevision = tokensRevision;
    this.forget();
  }

  /** Whether any session may have ended or changed since the same asker asked last; see `notice`. */
  changedSince(asker: object, patience = 0): boolean {
    this.notice(patience);
    const changed = this.#seen.get(asker) !== this.#revision;
    this.#seen.set(asker, this.#revision);
    return changed;
  }

  /** Has everything read anew: some session has ended or changed. */
  forget(): void {
    this.#revision++;
    for (const memory of this.#memories) memory.clear();
    for (const listener of this.#listeners) listener();
  }

  #look(id: string): Known | null {
    const known = this.#known.get(id);
    if (known) return known;
    const found = APITokens.isId(id) ? this.#lookForAPIToken(id) : this.#lookForSession(id);
    if (found) this.#known.set(id, found);
    return found;
  }

  #lookForSession(id: string): Known | null {
    const row = this.#rows.get(id);
    const user = row && this.#users.get(row.user);
    return user ? { id, user, expiresAt: row.expiresAt, usedAt: row.usedAt } : null;
  }

  #lookForAPIToken(id: string): Known | null {
    const token = this.#apiTokens.get(id);
    const user = token && this.#users.get(token.user);
    if (!user) return null;
    const { expiresAt, usedAt, role } = token;
    return { id, user: capped(user, role), expiresAt, usedAt: usedAt ?? 0 };
  }

  #isIdle({ id, usedAt }: { id: string; usedAt: number }, now: number): boolean {
    return !APITokens.isId(id) && now - usedAt > this.#idle;
  }

  #use(known: Known): void {
    const now = Date.now();
    if (Math.abs(now - known.usedAt) < NOTED) return;
    known.usedAt = now;
    try {
      if (APITokens.isId(known.id)) this.#apiTokens.noteUse(known.id, now);
      else this.#rows.noteUse(known.id, now);
    } catch (error) {
      // Whoever only watches goes on though the disk is full.
      log.warn("Cannot note that a session is used: {error}", { error });
    }
  }
}
