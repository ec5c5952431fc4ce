import type { Role, User } from "@/protocol/mod.ts";
import type { Audit } from "@/services/audit/mod.ts";
import { toBase64Url } from "@/services/base64.ts";
import { GlassError } from "@/services/errors.ts";
import { randomBytes } from "@/services/random.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Actor } from "./actor.ts";
import { rolesUpTo } from "./capped.ts";
import { hashOf, newSecret } from "./secret.ts";

/** What every API token begins with, so that people and scanners know one where they see it. */
const PREFIX = "vgt_";
/** What their ids begin with; no session's id has a colon. */
const ID_PREFIX = "token:";
const DAY = 24 * 3600 * 1000;
/** Days for which one may be good. */
export const MOST_DAYS = 366;
const MOST_TOKENS = 50;

/** An API token as its owner sees it. */
export interface APIToken {
  id: string;
  name: string;
  /** It may do what its user may do, but never more than this role. */
  role: Role;
  /** Unix ms. */
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
}

export interface NewAPIToken {
  name: string;
  role: Role;
  /** How long it is good. */
  days: number;
}

const COLUMNS =
  "id, name, role, created_at AS createdAt, expires_at AS expiresAt, used_at AS usedAt";

/** Tokens that programs show instead of signing in. The store keeps their hashes only. */
export class APITokens {
  readonly #store: Store;
  readonly #audit: Audit;
  #revision = 0;

  constructor(store: Store, audit: Audit) {
    this.#store = store;
    this.#audit = audit;
  }

  /** Grows when one was revoked: whoever caches them looks again. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether this text means to be one. */
  static isToken(text: string): boolean {
    return text.startsWith(PREFIX);
  }

  /** Whether this is the id of one, rather than of a session. */
  static isId(id: string): boolean {
    return id.startsWith(ID_PREFIX);
  }

  /** For the audit log: by which token something was done; nothing where there was none. */
  static told({ id }: { id: string }): { token?: string } {
    return APITokens.isId(id) ? { token: id } : {};
  }

  /** A user's, the newest first. */
  list(user: string): APIToken[] {
    return this.#store.all(
      `SELECT ${COLUMNS} FROM api_tokens WHERE user = ? ORDER BY created_at DESC, name`,
      user,
    );
  }

  /**
   * Makes one; the text that is returned is nowhere else and never shown again.
   *
   * @throws GlassError INVALID_MESSAGE, FORBIDDEN for a role above the user's own, CONFLICT,
   * AUDIT_UNAVAILABLE
   */
  async create(user: User, { name, role, days }: NewAPIToken, actor: Actor): Promise<string> {
    const called = name.trim();
    if (called === "" || called.length > 64 || !called.isWellFormed()) {
      throw new GlassError("INVALID_MESSAGE", "A token's name has 1 to 64 characters.");
    }
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
      throw new GlassError("INVALID_MESSAGE", `A token is good for 1 to ${MOST_DAYS} days.`);
    }
    if (!rolesUpTo(user).includes(role)) {
      throw new GlassError(
        "FORBIDDEN",
        `User "${user.name}" (${user.role}) may not make a token with the role ${role}.`,
      );
    }
    const token = PREFIX + newSecret();
    const hash = await hashOf(token);
    const now = Date.now();
    this.#demandRoom(user.name, now);
    const id = ID_PREFIX + toBase64Url(randomBytes(12));
    const detail = { token: id, name: called, role, days };
    const entry = {
      kind: "api_token.add",
      actor,
      subject: user.name,
      result: "ok",
      detail,
    } as const;
    return this.#audit.write(entry, () => {
      const made = this.#store.run(
        `INSERT INTO api_tokens (id, user, name, role, hash, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user, name) DO NOTHING`,
        id,
        user.name,
        called,
        role,
        hash,
        now,
        now + days * DAY,
      );
      if (made > 0) return token;
      throw new GlassError("CONFLICT", `You have a token named "${called}" already.`);
    });
  }

  /** @throws GlassError NOT_FOUND, AUDIT_UNAVAILABLE */
  revoke(user: string, id: string, actor: Actor): void {
    const name = this.list(user).find((one) => one.id === id)?.name ?? null;
    const detail = { token: id, name };
    const entry = { kind: "api_token.remove", actor, subject: user, result: "ok", detail } as const;
    this.#audit.write(entry, () => {
      const gone = this.#store.run("DELETE FROM api_tokens WHERE user = ? AND id = ?", user, id);
      if (gone === 0) throw new GlassError("NOT_FOUND", "There is no such API token.");
    });
    this.#revision++;
  }

  /** The id of the token with this text; null when there is none. */
  async find(token: string): Promise<string | null> {
    const hash = await hashOf(token);
    return this.#store.get<{ id: string }>("SELECT id FROM api_tokens WHERE hash = ?", hash)?.id ??
      null;
  }

  get(id: string): (APIToken & { user: string }) | undefined {
    return this.#store.get(`SELECT user, ${COLUMNS} FROM api_tokens WHERE id = ?`, id);
  }

  noteUse(id: string, time: number): void {
    this.#store.run("UPDATE api_tokens SET used_at = ? WHERE id = ?", time, id);
  }

  /** Those that have expired stay listed until their user makes another. */
  #demandRoom(user: string, now: number): void {
    this.#store.run("DELETE FROM api_tokens WHERE user = ? AND expires_at < ?", user, now);
    if (this.list(user).length < MOST_TOKENS) return;
    throw new GlassError(
      "CONFLICT",
      `You have ${MOST_TOKENS} API tokens already; revoke one that is not needed.`,
    );
  }
}
