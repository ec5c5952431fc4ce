import type { LoggedIn, User } from "@/protocol.ts";
import { toBase64Url } from "@/services/base64.ts";
import { readSessionCookie } from "./cookies.ts";
import { GlassError } from "@/services/errors.ts";
import { randomBytes } from "@/services/random.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Claims, Tokens } from "./tokens.ts";
import type { Users } from "./users.ts";

/** Seconds an access token is good for. */
export const TOKEN_LIFETIME = 600;
/** Seconds a browser session or refresh token lasts. */
export const SESSION_LIFETIME = 24 * 3600;
const MAX_CACHED = 1000;
/**
 * Milliseconds for which the store keeps a session that has expired: when the clock was set forward,
 * open sockets still live by it.
 */
const KEPT = 2 * SESSION_LIFETIME * 1000;

/** Somebody who is signed in, as one request or socket sees it. */
export interface Session {
  readonly id: string;
  readonly user: User;
  /** Unix time in ms at which what was shown (token or cookie) is no longer good. */
  readonly expiresAt: number;
}

interface Row {
  id: string;
  user: string;
  expires_at: number;
}

/**
 * Sessions, and the two ways to show one: the browser's cookie (an opaque secret) and the API's
 * access token (a JWT that names the session). The store keeps hashes of secrets only.
 */
export class Sessions {
  readonly #store: Store;
  readonly #users: Users;
  readonly #tokens: Tokens;
  readonly #byCookie = new Map<string, Session>();
  readonly #byToken = new Map<string, Claims>();
  #dataVersion = -1;
  #usersRevision = -1;
  /** `performance.now()` of the last look at what other processes wrote. */
  #lookedAt = -Infinity;
  /** Grows whenever a session may have ended or changed. */
  #revision = 0;
  readonly #seen = new WeakMap<object, number>();
  readonly #listeners = new Set<() => void>();

  constructor(store: Store, users: Users, tokens: Tokens) {
    this.#store = store;
    this.#users = users;
    this.#tokens = tokens;
    users.onChange(() => this.#forget());
  }

  /** Calls `listener` as soon as any session may have ended or changed. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Signs in for the API. @throws GlassError UNAUTHENTICATED */
  async login(username: string, password: string): Promise<LoggedIn> {
    const user = await this.#check(username, password);
    const refreshToken = secret();
    return await this.#grant(
      user,
      await this.#create(user, { refresh: refreshToken }),
      refreshToken,
    );
  }

  /** Signs in for a browser; the secret goes into its cookie. @throws GlassError UNAUTHENTICATED */
  async loginBrowser(username: string, password: string): Promise<string> {
    const user = await this.#check(username, password);
    const cookie = secret();
    await this.#create(user, { cookie });
    return cookie;
  }

  /** A new access token and refresh token; the old refresh token is spent. */
  async refresh(refreshToken: string): Promise<LoggedIn> {
    const next = secret();
    const [spent, fresh] = [await hash(refreshToken), await hash(next)];
    // Nothing is awaited between the look and the change: a token is good for one of two that come at once.
    const row = this.#store.get<Row>(
      "SELECT id, user, expires_at FROM sessions WHERE refresh_hash = ?",
      spent,
    );
    const user = row && row.expires_at > Date.now() ? this.#users.get(row.user) : undefined;
    if (!row || !user) throw new GlassError("UNAUTHENTICATED", "The refresh token is not good.");
    this.#store.run("UPDATE sessions SET refresh_hash = ? WHERE id = ?", fresh, row.id);
    return await this.#grant(user, row.id, next);
  }

  logout(session: Session): void {
    this.#store.run("DELETE FROM sessions WHERE id = ?", session.id);
    this.#forget();
  }

  /** Who a request comes from: by cookie, `Authorization: Bearer`, or the token given. */
  async identify(request: Request, queryToken: string | null = null): Promise<Session | null> {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    const token = queryToken ?? bearer;
    // One that is there and empty is a bad one: whoever sends it does not mean the cookie.
    if (token !== undefined) return await this.fromToken(token);
    const cookie = readSessionCookie(request);
    return cookie ? await this.fromCookie(cookie) : null;
  }

  async fromCookie(cookie: string): Promise<Session | null> {
    this.#noticeChanges();
    const known = this.#byCookie.get(cookie);
    if (known) return known.expiresAt > Date.now() ? known : null;
    const row = this.#store.get<Row>(
      "SELECT id, user, expires_at FROM sessions WHERE cookie_hash = ?",
      await hash(cookie),
    );
    const session = row ? this.#session(row, row.expires_at) : null;
    if (session) remember(this.#byCookie, cookie, session);
    return session;
  }

  async fromToken(token: string): Promise<Session | null> {
    this.#noticeChanges();
    let claims = this.#byToken.get(token) ?? null;
    if (!claims) {
      claims = await this.#tokens.verify(token);
      if (claims) remember(this.#byToken, token, claims);
    }
    if (!claims) return null;
    const row = this.#row(claims.sid);
    return row ? this.#session(row, claims.expiresAt) : null;
  }

  /**
   * The session as it is now: null once it has expired, was ended, or its user is gone. Its own end
   * is what counts, since a socket's moves with a clock that is set.
   */
  current({ id, expiresAt }: Session): Session | null {
    const row = expiresAt > Date.now() ? this.#row(id) : undefined;
    const user = row && this.#users.get(row.user);
    return user ? { id, user, expiresAt } : null;
  }

  /**
   * Whether any session may have ended or changed since the same asker asked last.
   *
   * @param patience ms for which a look at what other processes wrote is good enough
   */
  changedSince(asker: object, patience = 0): boolean {
    this.#noticeChanges(patience);
    const changed = this.#seen.get(asker) !== this.#revision;
    this.#seen.set(asker, this.#revision);
    return changed;
  }

  async #check(username: string, password: string): Promise<User> {
    const user = await this.#users.verify(username, password);
    if (!user) throw new GlassError("UNAUTHENTICATED", "Name or password is not right.");
    return user;
  }

  async #create(user: User, secrets: { cookie?: string; refresh?: string }): Promise<string> {
    const now = Date.now();
    const id = toBase64Url(randomBytes(16));
    this.#store.run("DELETE FROM sessions WHERE expires_at < ?", now - KEPT);
    this.#store.run(
      `INSERT INTO sessions (id, user, cookie_hash, refresh_hash, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      id,
      user.name,
      secrets.cookie ? await hash(secrets.cookie) : null,
      secrets.refresh ? await hash(secrets.refresh) : null,
      now,
      now + SESSION_LIFETIME * 1000,
    );
    this.#users.noteSignIn(user.name);
    return id;
  }

  async #grant(user: User, sid: string, refreshToken: string): Promise<LoggedIn> {
    const expiresAt = Date.now() + TOKEN_LIFETIME * 1000;
    const token = await this.#tokens.sign(user.name, { sid, expiresAt });
    return { token, expiresIn: TOKEN_LIFETIME, refreshToken, user };
  }

  #row(id: string): Row | undefined {
    return this.#store.get<Row>("SELECT id, user, expires_at FROM sessions WHERE id = ?", id);
  }

  #session(row: Row, expiresAt: number): Session | null {
    const user = this.#users.get(row.user);
    const end = Math.min(row.expires_at, expiresAt);
    return user && end > Date.now() ? { id: row.id, user, expiresAt: end } : null;
  }

  /** Users change here, and by `virtglass user ...` in another process: what is cached is then old. */
  #noticeChanges(patience = 0): void {
    const { revision } = this.#users;
    const now = performance.now();
    const old = now - this.#lookedAt >= patience;
    if (old) this.#lookedAt = now;
    const version = old ? this.#store.dataVersion() : this.#dataVersion;
    if (version === this.#dataVersion && revision === this.#usersRevision) return;
    this.#dataVersion = version;
    this.#usersRevision = revision;
    this.#forget();
  }

  #forget(): void {
    this.#revision++;
    this.#byCookie.clear();
    this.#byToken.clear();
    for (const listener of this.#listeners) listener();
  }
}

const secret = () => toBase64Url(randomBytes(32));

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return toBase64Url(new Uint8Array(digest));
}

/** Maps keep insertion order, so the first key is the oldest. */
function remember<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  if (cache.size >= MAX_CACHED) cache.delete(cache.keys().next().value!);
  cache.set(key, value);
}
