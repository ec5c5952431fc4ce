import type { LoggedIn, User } from "@/protocol/mod.ts";
import { type Audit, type AuditEntry, ITSELF } from "@/services/audit/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { log } from "@/services/log.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Actor } from "./actor.ts";
import { APITokens } from "./api_tokens.ts";
import { readSessionCookie } from "./cookies.ts";
import { csrfToken } from "./csrf.ts";
import { KnownSessions } from "./known_sessions.ts";
import type { Proven } from "./proven.ts";
import type { Remembered } from "./remembered.ts";
import { SecondFactors } from "./second_factors.ts";
import { hashOf, newSecret } from "./secret.ts";
import type { Session } from "./session.ts";
import { type Client, type SessionRow, SessionRows } from "./session_rows.ts";
import { SignIn } from "./sign_in.ts";
import { TICKET_LIFETIME, Tickets } from "./tickets.ts";
import { type Claims, TOKEN_LIFETIME, type Tokens } from "./tokens.ts";
import type { Users } from "./users.ts";

export type { Session } from "./session.ts";
export type { Client, SessionRow } from "./session_rows.ts";
export { TOKEN_LIFETIME } from "./tokens.ts";

/** Sessions of one user: whoever signs in again for each request would fill the store with them. */
const MOST = 1_000;

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

/**
 * Sessions, and the ways to show one: the browser's cookie (an opaque secret), the access token (a JWT
 * that names the session), and the ticket for one socket; beside them API tokens, which are sessions
 * that never began. The store keeps hashes of secrets only.
 */
export class Sessions {
  readonly secondFactors: SecondFactors;
  readonly apiTokens: APITokens;
  readonly signIn: SignIn;
  readonly settings: SessionSettings;
  readonly #audit: Audit;
  readonly #rows: SessionRows;
  readonly #users: Users;
  readonly #tokens: Tokens;
  readonly #tickets: Tickets;
  readonly #known: KnownSessions;
  readonly #byCookie: Remembered<{ id: string; csrf: string }>;
  readonly #byAccessToken: Remembered<Claims>;
  readonly #byAPIToken: Remembered<string>;
  /** By the token that is being spent: whoever comes with it meanwhile gets the same answer. */
  readonly #refreshing = new Map<string, Promise<LoggedIn>>();

  constructor(
    store: Store,
    users: Users,
    tokens: Tokens,
    audit: Audit,
    settings: Partial<SessionSettings> = {},
  ) {
    this.#audit = audit;
    this.#rows = new SessionRows(store);
    this.#users = users;
    this.#tokens = tokens;
    this.#tickets = new Tickets(tokens);
    this.apiTokens = new APITokens(store, audit);
    this.secondFactors = new SecondFactors(store, audit);
    this.signIn = new SignIn(users, this.secondFactors, audit);
    this.settings = { ...DEFAULTS, ...settings };
    this.#known = new KnownSessions(store, this.#rows, this.apiTokens, users, this.settings.idle);
    this.#byCookie = this.#known.memory();
    this.#byAccessToken = this.#known.memory();
    this.#byAPIToken = this.#known.memory();
  }

  /** Calls `listener` as soon as any session may have ended or changed. */
  onChange(listener: () => void): void {
    this.#known.onChange(listener);
  }

  /**
   * Signs in for the API.
   *
   * @throws GlassError UNAUTHENTICATED, TOTP_REQUIRED, RATE_LIMITED, AUDIT_UNAVAILABLE
   */
  async login(username: string, password: string, client = NOWHERE): Promise<LoggedIn> {
    const proven = await this.#byPassword(username, password, client);
    const refresh = newSecret();
    return await this.#grant(proven.user, await this.#create(proven, { refresh }, client), refresh);
  }

  /**
   * Signs in for a browser; the secret that is returned goes into its cookie.
   *
   * @throws GlassError UNAUTHENTICATED, SecondFactorRequired, AUDIT_UNAVAILABLE
   */
  async loginBrowser(username: string, password: string, client = NOWHERE): Promise<string> {
    return await this.#openBrowser(await this.#byPassword(username, password, client), client);
  }

  /**
   * The second step of it, after SecondFactorRequired.
   *
   * @throws GlassError UNAUTHENTICATED, RATE_LIMITED, AUDIT_UNAVAILABLE
   */
  async answerChallenge(challenge: string, code: string, client: Client): Promise<string> {
    const name = this.signIn.userOf(challenge);
    let proven: Proven;
    try {
      proven = await this.signIn.byCode(challenge, code);
    } catch (error) {
      throw this.#notSignedIn(name, client, error);
    }
    return await this.#openBrowser(proven, client);
  }

  /** A new browser session of somebody who has just set this password; returns the cookie's secret. */
  async openBrowser(user: User, client: Client): Promise<string> {
    return await this.#openBrowser({ user, stands: this.#users.standing(user.name) }, client);
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
    this.#known.forget();
  }

  /** A user's sessions, the one used last first. */
  list(user: string): SessionRow[] {
    return this.#known.of(user);
  }

  /** Ends one session of a user. @throws GlassError NOT_FOUND, AUDIT_UNAVAILABLE */
  end(user: string, id: string, actor: Actor): void {
    this.#audit.write({ kind: "session.end", actor, subject: user, result: "ok" }, () => {
      if (this.#rows.end(user, id) > 0) return;
      throw new GlassError("NOT_FOUND", "There is no such session; it may have ended already.");
    });
    this.#known.forget();
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
    this.#known.forget();
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
    this.#known.notice(this.settings.patience);
    let known = this.#byCookie.get(cookie);
    if (!known) {
      const row = await this.#rows.byCookie(cookie);
      if (!row) return null;
      known = { id: row.id, csrf: await csrfToken(cookie) };
      this.#byCookie.set(cookie, known);
    }
    const session = this.#known.show(known.id);
    return session && { ...session, csrf: known.csrf };
  }

  /** Who shows an access token or an API token. */
  async fromToken(token: string): Promise<Session | null> {
    if (!APITokens.isToken(token)) return await this.#fromAccessToken(token);
    this.#known.notice(this.settings.patience);
    const id = this.#byAPIToken.get(token) ?? await this.apiTokens.find(token);
    if (id === null) return null;
    this.#byAPIToken.set(token, id);
    return this.#known.show(id);
  }

  /**
   * The session as it is now: null once it has expired, was ended, or its user is gone. Its own end
   * is what counts, since a socket's moves with a clock that is set.
   */
  current(session: Session): Session | null {
    return this.#known.current(session);
  }

  /** The session as it is now, for what took a while. @throws GlassError UNAUTHENTICATED when it ended */
  still(session: Session): Session {
    this.#known.notice();
    const now = this.current(session);
    if (now) return now;
    throw new GlassError("UNAUTHENTICATED", "Your session has ended: sign in again.");
  }

  /** Notes that the session is used, which keeps it from ending for want of use. */
  use({ id }: Session): void {
    this.#known.use(id);
  }

  /**
   * Whether any session may have ended or changed since the same asker asked last.
   *
   * @param patience ms for which a look at what other processes wrote is good enough
   */
  changedSince(asker: object, patience = 0): boolean {
    return this.#known.changedSince(asker, patience);
  }

  async #fromQuery(token: string, path: string): Promise<Session | null> {
    const session = this.settings.queryToken === "any" ? await this.#fromAccessToken(token) : null;
    if (session) return session;
    const admission = await this.#tickets.redeem(token, path);
    this.#known.notice();
    return admission && this.#known.show(admission.sid, admission.expiresAt);
  }

  async #fromAccessToken(token: string): Promise<Session | null> {
    this.#known.notice(this.settings.patience);
    let claims = this.#byAccessToken.get(token) ?? null;
    if (!claims) {
      claims = await this.#tokens.verify(token);
      if (claims) this.#byAccessToken.set(token, claims);
    }
    return claims && this.#known.show(claims.sid, claims.expiresAt);
  }

  async #openBrowser(proven: Proven, client: Client): Promise<string> {
    const cookie = newSecret();
    await this.#create(proven, { cookie }, client);
    return cookie;
  }

  /** @throws GlassError UNAUTHENTICATED when the password was changed meanwhile, AUDIT_UNAVAILABLE */
  async #create(
    { user, stands }: Proven,
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
    let ended = 0;
    const id = this.#audit.write({ kind: "sign_in", actor, result: "ok", detail }, () => {
      if (!stands()) {
        throw new GlassError("UNAUTHENTICATED", "Your password was changed: sign in again.");
      }
      // Kept a while longer: when the clock was set forward, open sockets still live by them.
      this.#rows.forgetExpired(now - 2 * lifetime);
      this.#users.noteSignIn(user.name);
      const id = this.#rows.add(user.name, hashes, client, now, now + lifetime);
      ended = this.#rows.endOldest(user.name, MOST);
      return id;
    });
    if (ended > 0) this.#toldOfTooMany(user.name);
    return id;
  }

  #toldOfTooMany(subject: string): void {
    const detail = { why: `more than ${MOST} of one user: those used longest ago end` };
    this.#audit.note({ kind: "session.end", actor: ITSELF, subject, result: "ok", detail });
    this.#known.forget();
  }

  async #byPassword(
    username: string,
    password: string,
    client: typeof NOWHERE,
  ): Promise<Proven> {
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
    const session = row && this.#known.show(row.id);
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
      this.#known.forget();
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
}
