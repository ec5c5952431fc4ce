import type { LoggedIn, User } from "@/protocol/mod.ts";
import { type Audit, type AuditEntry, ITSELF } from "@/services/audit/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { log } from "@/services/log.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Actor } from "./actor.ts";
import { APITokens } from "./api_tokens.ts";
import { capped } from "./capped.ts";
import { readSessionCookie } from "./cookies.ts";
import { csrfToken } from "./csrf.ts";
import { SecondFactors } from "./second_factors.ts";
import { hashOf, newSecret } from "./secret.ts";
import { type Client, type SessionRow, SessionRows } from "./session_rows.ts";
import { SignIn } from "./sign_in.ts";
import { TICKET_LIFETIME, Tickets } from "./tickets.ts";
import { type Claims, TOKEN_LIFETIME, type Tokens } from "./tokens.ts";
import type { Users } from "./users.ts";

export type { Client, SessionRow } from "./session_rows.ts";
export { TOKEN_LIFETIME } from "./tokens.ts";

const MAX_CACHED = 1000;
/** Milliseconds after which it is written down again that a session is used. */
const NOTED = 60_000;

export interface SessionSettings {
  /** Seconds a session lasts, however much it is used. */
  lifetime: number;
  /** Seconds after which one ends that nobody uses. */
  idle: number;
  /** What `?token=` of a socket takes: tickets and access tokens, or tickets alone. */
  queryToken: "any" | "ticket";
  /** Milliseconds for which requests and messages trust the last look at what other processes wrote. */
  patience: number;
}

const DEFAULTS: SessionSettings = {
  lifetime: 7 * 24 * 3600,
  idle: 12 * 3600,
  queryToken: "any",
  patience: 0,
};
const NOWHERE: Client & { code?: string | undefined } = { address: null, device: null };

/** Somebody who is signed in, as one request or socket sees it. */
export interface Session {
  readonly id: string;
  /** With an API token the role is the lower of the user's and the token's. */
  readonly user: User;
  /** Unix time in ms at which what was shown (token or cookie) is no longer good. */
  readonly expiresAt: number;
  /** What a browser's changing requests must bring along; only those are made by cookie. */
  readonly csrf?: string;
}

/** What is known of a session or API token until something changes. */
interface Known {
  id: string;
  user: User;
  expiresAt: number;
  usedAt: number;
}

/**
 * Sessions, and the ways to show one: the browser's cookie (an opaque secret), the access token (a JWT
 * that names the session), and the ticket for one socket; beside them API tokens, which are sessions
 * that never began. The store keeps hashes of secrets only. Who asks is found in memory: the store is
 * read again when something has changed.
 */
export class Sessions {
  readonly secondFactors: SecondFactors;
  readonly apiTokens: APITokens;
  readonly signIn: SignIn;
  readonly settings: SessionSettings;
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #rows: SessionRows;
  readonly #users: Users;
  readonly #tokens: Tokens;
  readonly #tickets: Tickets;
  readonly #known = new Map<string, Known>();
  readonly #byCookie = new Map<string, { id: string; csrf: string }>();
  readonly #byAccessToken = new Map<string, Claims>();
  readonly #byAPIToken = new Map<string, string>();
  /** By the token that is being spent: whoever comes with it meanwhile gets the same answer. */
  readonly #refreshing = new Map<string, Promise<LoggedIn>>();
  #dataVersion = -1;
  #usersRevision = -1;
  #tokensRevision = -1;
  /** `performance.now()` of the last look at what other processes wrote. */
  #lookedAt = -Infinity;
  /** Grows whenever a session may have ended or changed. */
  #revision = 0;
  readonly #seen = new WeakMap<object, number>();
  readonly #listeners = new Set<() => void>();

  constructor(
    store: Store,
    users: Users,
    tokens: Tokens,
    audit: Audit,
    settings: Partial<SessionSettings> = {},
  ) {
    this.#store = store;
    this.#audit = audit;
    this.#rows = new SessionRows(store);
    this.#users = users;
    this.#tokens = tokens;
    this.#tickets = new Tickets(tokens);
    this.apiTokens = new APITokens(store, audit);
    this.secondFactors = new SecondFactors(store, audit);
    this.signIn = new SignIn(users, this.secondFactors, audit);
    this.settings = { ...DEFAULTS, ...settings };
    users.onChange(() => this.#forget());
  }

  /** Calls `listener` as soon as any session may have ended or changed. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Signs in for the API.
   *
   * @throws GlassError UNAUTHENTICATED, TOTP_REQUIRED, RATE_LIMITED, AUDIT_UNAVAILABLE
   */
  async login(username: string, password: string, client = NOWHERE): Promise<LoggedIn> {
    const user = await this.#byPassword(username, password, client);
    const refresh = newSecret();
    return await this.#grant(user, await this.#create(user, { refresh }, client), refresh);
  }

  /**
   * Signs in for a browser; the secret that is returned goes into its cookie.
   *
   * @throws GlassError UNAUTHENTICATED, SecondFactorRequired, AUDIT_UNAVAILABLE
   */
  async loginBrowser(username: string, password: string, client = NOWHERE): Promise<string> {
    const user = await this.#byPassword(username, password, client);
    return await this.openBrowser(user, client);
  }

  /**
   * The second step of it, after SecondFactorRequired.
   *
   * @throws GlassError UNAUTHENTICATED, RATE_LIMITED, AUDIT_UNAVAILABLE
   */
  async answerChallenge(challenge: string, code: string, client: Client): Promise<string> {
    const name = this.signIn.userOf(challenge);
    try {
      return await this.openBrowser(await this.signIn.byCode(challenge, code), client);
    } catch (error) {
      throw this.#notSignedIn(name, client, error);
    }
  }

  /** A new browser session of somebody who has shown who they are; returns the cookie's secret. */
  async openBrowser(user: User, client: Client): Promise<string> {
    const cookie = newSecret();
    await this.#create(user, { cookie }, client);
    return cookie;
  }

  /**
   * A new access token and refresh token; the old refresh token is spent. One that comes again was
   * stolen, from us or from who comes now, so the session ends, whoever has it.
   *
   * @param address where it comes from
   * @throws GlassError UNAUTHENTICATED
   */
  async refresh(refreshToken: string, address: string | null): Promise<LoggedIn> {
    // Two tabs that wake up at once are no thieves: while one is answered, the other waits with it.
    const running = this.#refreshing.get(refreshToken);
    if (running) return await running;
    const answer = this.#spend(refreshToken, address);
    this.#refreshing.set(refreshToken, answer);
    try {
      return await answer;
    } finally {
      this.#refreshing.delete(refreshToken);
    }
  }

  /** Ends what the request was made with. @throws GlassError CONFLICT for an API token */
  logout(session: Session, actor: Actor): void {
    if (APITokens.isId(session.id)) {
      throw new GlassError("CONFLICT", "An API token cannot sign out; its user may revoke it.");
    }
    // Whoever wants to be out is let out, also when that cannot be recorded.
    this.#audit.note({ kind: "sign_out", actor, result: "ok" });
    this.#rows.endById(session.id);
    this.#forget();
  }

  /** A user's sessions, the one used last first. */
  list(user: string): SessionRow[] {
    const now = Date.now();
    return this.#rows.of(user, now)
      .map((row) => ({ ...row, usedAt: this.#known.get(row.id)?.usedAt ?? row.usedAt }))
      .filter((row) => !this.#isIdle(row, now));
  }

  /** Ends one session of a user. @throws GlassError NOT_FOUND, AUDIT_UNAVAILABLE */
  end(user: string, id: string, actor: Actor): void {
    this.#audit.write({ kind: "session.end", actor, subject: user, result: "ok" }, () => {
      if (this.#rows.end(user, id) > 0) return;
      throw new GlassError("NOT_FOUND", "There is no such session; it may have ended already.");
    });
    this.#forget();
  }

  /** Ends all sessions of the user but this one; returns how many. @throws GlassError AUDIT_UNAVAILABLE */
  endOthers({ id, user }: Session, actor: Actor): number {
    const entry = {
      kind: "session.end",
      actor,
      subject: user.name,
      result: "ok",
      detail: { which: "all others" },
    } as const;
    const ended = this.#audit.write(entry, () => this.#rows.endOthers(user.name, id));
    this.#forget();
    return ended;
  }

  /** A ticket for one socket at this path. @throws GlassError INVALID_MESSAGE, RATE_LIMITED */
  async ticket(session: Session, path: string): Promise<{ ticket: string; expiresIn: number }> {
    return { ticket: await this.#tickets.issue(session, path), expiresIn: TICKET_LIFETIME };
  }

  /** Who a request comes from: by cookie, `Authorization: Bearer`, or what `?token=` has. */
  async identify(request: Request, queryToken: string | null = null): Promise<Session | null> {
    // One that is there and empty is a bad one: whoever sends it does not mean the cookie.
    if (queryToken !== null) {
      return await this.#fromQuery(queryToken, new URL(request.url).pathname);
    }
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (bearer !== undefined) return await this.fromToken(bearer);
    const cookie = readSessionCookie(request);
    return cookie ? await this.fromCookie(cookie) : null;
  }

  async fromCookie(cookie: string): Promise<Session | null> {
    this.#noticeChanges(this.settings.patience);
    let known = this.#byCookie.get(cookie);
    if (!known) {
      const row = await this.#rows.byCookie(cookie);
      if (!row) return null;
      known = { id: row.id, csrf: await csrfToken(cookie) };
      remember(this.#byCookie, cookie, known);
    }
    const session = this.#session(known.id, Infinity);
    return session && { ...session, csrf: known.csrf };
  }

  /** Who shows an access token or an API token. */
  async fromToken(token: string): Promise<Session | null> {
    if (!APITokens.isToken(token)) return await this.#fromAccessToken(token);
    this.#noticeChanges(this.settings.patience);
    const id = this.#byAPIToken.get(token) ?? await this.apiTokens.find(token);
    if (id === null) return null;
    remember(this.#byAPIToken, token, id);
    return this.#session(id, Infinity);
  }

  /**
   * The session as it is now: null once it has expired, was ended, or its user is gone. Its own end
   * is what counts, since a socket's moves with a clock that is set.
   */
  current({ id, expiresAt }: Session): Session | null {
    const known = expiresAt > Date.now() ? this.#look(id) : null;
    return known && { id, user: known.user, expiresAt };
  }

  /** Notes that the session is used, which keeps it from ending for want of use. */
  use({ id }: Session): void {
    const known = this.#look(id);
    if (known) this.#use(known);
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

  async #fromQuery(token: string, path: string): Promise<Session | null> {
    const session = this.settings.queryToken === "any" ? await this.#fromAccessToken(token) : null;
    if (session) return session;
    const admission = await this.#tickets.redeem(token, path);
    this.#noticeChanges();
    return admission && this.#session(admission.sid, admission.expiresAt);
  }

  async #fromAccessToken(token: string): Promise<Session | null> {
    this.#noticeChanges(this.settings.patience);
    let claims = this.#byAccessToken.get(token) ?? null;
    if (!claims) {
      claims = await this.#tokens.verify(token);
      if (claims) remember(this.#byAccessToken, token, claims);
    }
    return claims && this.#session(claims.sid, claims.expiresAt);
  }

  async #create(
    user: User,
    secrets: { cookie?: string; refresh?: string },
    client: Client,
  ): Promise<string> {
    const now = Date.now();
    const lifetime = this.settings.lifetime * 1000;
    const actor = { user: user.name, address: client.address };
    const detail = { device: client.device, way: secrets.cookie ? "browser" : "API" };
    const hashes = {
      cookie: secrets.cookie === undefined ? null : await hashOf(secrets.cookie),
      refresh: secrets.refresh === undefined ? null : await hashOf(secrets.refresh),
    };
    return this.#audit.write({ kind: "sign_in", actor, result: "ok", detail }, () => {
      // Kept a while longer: when the clock was set forward, open sockets still live by them.
      this.#rows.forgetExpired(now - 2 * lifetime);
      this.#users.noteSignIn(user.name);
      return this.#rows.add(user.name, hashes, client, now, now + lifetime);
    });
  }

  async #byPassword(
    username: string,
    password: string,
    client: typeof NOWHERE,
  ): Promise<User> {
    try {
      return await this.signIn.byPassword(username, password, client.code);
    } catch (error) {
      throw this.#notSignedIn(username, client, error);
    }
  }

  /** Notes it, and returns why. People type passwords as names: one that is no user's is not told. */
  #notSignedIn(name: string | null, { address }: Client, error: unknown): unknown {
    const entry: AuditEntry = { kind: "sign_in", actor: { user: null, address }, result: "failed" };
    const known = name !== null && this.#users.has(name);
    return this.#audit.refused(known ? { ...entry, subject: name } : entry, error);
  }

  async #spend(refreshToken: string, address: string | null): Promise<LoggedIn> {
    const next = newSecret();
    const [hash, nextHash] = [await hashOf(refreshToken), await hashOf(next)];
    const row = this.#rows.spend(hash, nextHash);
    const session = row && this.#session(row.id, Infinity);
    if (session) {
      const actor = { user: session.user.name, address };
      this.#audit.note({ kind: "session.refresh", actor, result: "ok" });
      return await this.#grant(session.user, session.id, next);
    }
    const reused = this.#rows.spentIn(hash);
    if (!row && reused !== undefined) {
      const subject = this.#rows.get(reused)?.user;
      const detail = { why: "a spent refresh token came again", from: address };
      this.#audit.note({
        kind: "session.end",
        actor: ITSELF,
        ...(subject === undefined ? {} : { subject }),
        result: "ok",
        detail,
      });
      this.#rows.endById(reused);
      this.#forget();
      log.warn("A spent refresh token came again: session {session} was ended", {
        session: reused,
      });
    }
    throw new GlassError("UNAUTHENTICATED", "The refresh token is not good: sign in again.");
  }

  async #grant(user: User, sid: string, refreshToken: string): Promise<LoggedIn> {
    const expiresAt = Date.now() + TOKEN_LIFETIME * 1000;
    const token = await this.#tokens.sign(user.name, { sid, expiresAt });
    return { token, expiresIn: TOKEN_LIFETIME, refreshToken, user };
  }

  /** A session as what shows it sees it, and a use of it. */
  #session(id: string, until: number): Session | null {
    const known = this.#look(id);
    const now = Date.now();
    if (!known || this.#isIdle(known, now)) return null;
    const expiresAt = Math.min(known.expiresAt, until);
    if (expiresAt <= now) return null;
    this.#use(known);
    return { id, user: known.user, expiresAt };
  }

  #look(id: string): Known | null {
    const known = this.#known.get(id);
    if (known) return known;
    const found = APITokens.isId(id) ? this.#lookForAPIToken(id) : this.#lookForSession(id);
    if (found) remember(this.#known, id, found);
    return found;
  }

  #lookForSession(id: string): Known | null {
    const row = this.#rows.get(id);
    const user = row && this.#users.get(row.user);
    return user ? { id, user, expiresAt: row.expiresAt, usedAt: row.usedAt } : null;
  }

  #lookForAPIToken(id: string): Known | null {
    const token = this.apiTokens.get(id);
    const user = token && this.#users.get(token.user);
    if (!user) return null;
    const { expiresAt, usedAt, role } = token;
    return { id, user: capped(user, role), expiresAt, usedAt: usedAt ?? 0 };
  }

  #isIdle({ id, usedAt }: { id: string; usedAt: number }, now: number): boolean {
    return !APITokens.isId(id) && now - usedAt > this.settings.idle * 1000;
  }

  #use(known: Known): void {
    const now = Date.now();
    if (Math.abs(now - known.usedAt) < NOTED) return;
    known.usedAt = now;
    try {
      if (APITokens.isId(known.id)) this.apiTokens.noteUse(known.id, now);
      else this.#rows.noteUse(known.id, now);
    } catch (error) {
      // Whoever only watches goes on though the disk is full.
      log.warn("Cannot note that a session is used: {error}", { error });
    }
  }

  /** Users change here, and by `virtglass user ...` in another process: what is cached is then old. */
  #noticeChanges(patience = 0): void {
    const { revision } = this.#users;
    const tokensRevision = this.apiTokens.revision;
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
    this.#forget();
  }

  #forget(): void {
    this.#revision++;
    this.#known.clear();
    this.#byCookie.clear();
    this.#byAccessToken.clear();
    this.#byAPIToken.clear();
    for (const listener of this.#listeners) listener();
  }
}

/** Maps keep insertion order, so the first key is the oldest. */
function remember<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  if (cache.size >= MAX_CACHED && !cache.has(key)) cache.delete(cache.keys().next().value!);
  cache.set(key, value);
}
