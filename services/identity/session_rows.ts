import { toBase64Url } from "@/services/base64.ts";
import { randomBytes } from "@/services/random.ts";
import type { Store } from "@/services/store/mod.ts";
import { hashOf } from "./secret.ts";

/** Where somebody signs in from. */
export interface Client {
  /** The IP address; null when it is not known. */
  address: string | null;
  /** In few words, such as "Firefox on Linux". */
  device: string | null;
}

/** Hashes of the secrets by which a session is known. */
export interface SecretHashes {
  cookie: string | null;
  refresh: string | null;
}

export interface SessionRow extends Client {
  id: string;
  user: string;
  /** Whether it is a browser's, with a cookie; otherwise a program's, with refresh tokens. */
  browser: 0 | 1;
  /** Unix ms. */
  createdAt: number;
  usedAt: number;
  expiresAt: number;
}

/**
 * Spent refresh tokens that are known of a session: it ends when one of them comes again; an older one
 * is refused, no more. Without a bound, who refreshes without end would fill the disk. These are more
 * than 100 requests a second spend in the 600 s that an access token lasts: before a thief has done away
 * with the token that was stolen, the client that it was stolen from has come with it.
 */
export const MOST_SPENT = 70_000;

const COLUMNS = `id, user, cookie_hash IS NOT NULL AS browser, address, device,
  created_at AS createdAt, used_at AS usedAt, expires_at AS expiresAt`;

/** Sessions as the store has them, with hashes in the place of their secrets. */
export class SessionRows {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get(id: string): SessionRow | undefined {
    return this.#store.get(`SELECT ${COLUMNS} FROM sessions WHERE id = ?`, id);
  }

  async byCookie(cookie: string): Promise<SessionRow | undefined> {
    const hash = await hashOf(cookie);
    return this.#store.get(`SELECT ${COLUMNS} FROM sessions WHERE cookie_hash = ?`, hash);
  }

  /** A user's sessions that last, the one used last first. */
  of(user: string, now: number): SessionRow[] {
    return this.#store.all(
      `SELECT ${COLUMNS} FROM sessions WHERE user = ? AND expires_at > ? ORDER BY used_at DESC, id`,
      user,
      now,
    );
  }

  /** @returns the new session's id */
  add(
    user: string,
    { cookie, refresh }: SecretHashes,
    { address, device }: Client,
    now: number,
    expiresAt: number,
  ): string {
    const id = toBase64Url(randomBytes(16));
    this.#store.run(
      `INSERT INTO sessions
         (id, user, cookie_hash, refresh_hash, address, device, created_at, used_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      user,
      cookie,
      refresh,
      address,
      device,
      now,
      now,
      expiresAt,
    );
    return id;
  }

  /** Ends those of the user that were used longest ago, beyond so many; returns how many. */
  endOldest(user: string, most: number): number {
    return this.#store.run(
      `DELETE FROM sessions WHERE id IN
         (SELECT id FROM sessions WHERE user = ? ORDER BY used_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
      user,
      most,
    );
  }

  noteUse(id: string, time: number): void {
    this.#store.run("UPDATE sessions SET used_at = ? WHERE id = ?", time, id);
  }

  /**
   * Puts the next refresh token in the place of this one, which is spent from then on.
   *
   * @returns the session whose turn it was; null when the token is not one that is good now
   */
  spend(hash: string, next: string): SessionRow | null {
    const row = this.#store.get<SessionRow>(
      `SELECT ${COLUMNS} FROM sessions WHERE refresh_hash = ?`,
      hash,
    );
    if (!row) return null;
    this.#store.transaction(() => {
      // It is there already where an earlier version, which did this in two steps, was killed in between.
      this.#store.run(
        "INSERT INTO spent_tokens (hash, session) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
        hash,
        row.id,
      );
      this.#store.run(
        `DELETE FROM spent_tokens WHERE session = ?1 AND rowid <=
           (SELECT rowid FROM spent_tokens WHERE session = ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2)`,
        row.id,
        MOST_SPENT,
      );
      this.#store.run("UPDATE sessions SET refresh_hash = ? WHERE id = ?", next, row.id);
    });
    return row;
  }

  /** The session that this refresh token was spent in. */
  spentIn(hash: string): string | undefined {
    return this.#store.get<{ session: string }>(
      "SELECT session FROM spent_tokens WHERE hash = ?",
      hash,
    )?.session;
  }

  /** @returns how many ended */
  end(user: string, id: string): number {
    return this.#store.run("DELETE FROM sessions WHERE user = ? AND id = ?", user, id);
  }

  endOthers(user: string, id: string): number {
    return this.#store.run("DELETE FROM sessions WHERE user = ? AND id <> ?", user, id);
  }

  endById(id: string): void {
    this.#store.run("DELETE FROM sessions WHERE id = ?", id);
  }

  forgetExpired(before: number): void {
    this.#store.run("DELETE FROM sessions WHERE expires_at < ?", before);
  }
}
