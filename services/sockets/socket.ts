import type * as z from "zod/mini";
import { CloseCode } from "@/protocol/codes.ts";
import type { CommonMessage } from "@/protocol/incoming/messages.ts";
import { MAX_MESSAGE } from "@/protocol/limits.ts";
import { asGlassError, GlassError } from "../errors.ts";
import { encode, type Subscriber } from "../hub.ts";
import type { Limits } from "../limits/mod.ts";
import { log } from "../log.ts";
import { may, seesAll, type Subject } from "@/services/identity/policy.ts";
import type { Session, Sessions } from "@/services/identity/sessions.ts";
import type { Connection, Upgraded } from "@/services/network/connections.ts";
import { LiveSession } from "./live_session.ts";
import { cut, HEARTBEAT, invalid, InvalidMessage, isLonger, parseMessage } from "./message.ts";

/** Bytes that may wait for one client; one that lets more pile up does not read. */
const MAX_QUEUED = 4 * 1024 * 1024;
/** Characters or bytes that are sent before Deno is asked again what waits, which is dear. */
const UNASKED = 64 * 1024;
const MAX_INVALID = 5;
/** Milliseconds before a session's end at which its client is told. */
const EXPIRING = 60_000;
/** Bytes of a reason that fit into a close frame. */
const MAX_REASON = 123;
/** Milliseconds a client has to agree to an end before it counts as ended: one that is silent, and others. */
const SILENT_FAREWELL = 1_000;
const FAREWELL = 3_000;
/** Milliseconds without a message that count as a breath, and how long one is waited for. */
const QUIET = 20;
const MAX_NOISE = 500;
/** Milliseconds within which a client's heartbeat is the answer to the server's own. */
const ECHO = 1_000;

/** What one kind of socket does; the rest is the same for all of them. */
export interface SocketHandler<Schema extends z.ZodMiniType> {
  /** What the client may say. */
  readonly accepts: Schema;
  /** Knows by sight what comes often; null for what the schema is to look at. */
  recognise?(text: string): z.output<Schema> | null;
  /** The subprotocol that was agreed on with the client. */
  readonly protocol?: string | undefined;
  opened(socket: ClientSocket): void;
  /** What it throws is answered with `error`. */
  received(message: z.output<Schema>, socket: ClientSocket): void | Promise<void>;
  /** A binary message; sockets without it take text alone. What it throws is answered too. */
  binary?(bytes: Uint8Array, socket: ClientSocket): void | Promise<void>;
  /** The user's role has changed: `socket.session` has what is true now. */
  sessionChanged?(socket: ClientSocket): void;
  closed(socket: ClientSocket): void;
}

/** What a socket needs besides its client. */
export interface SocketSurroundings {
  sessions: Sessions;
  limits: Limits;
  /** Where the client is, as its connection has it. */
  address: string;
  connection: Connection;
  /** Whether this session may have this socket; asked again whenever its user changes. */
  permitted(session: Session): boolean;
}

/** One client's WebSocket: validates what comes in, bounds what goes out. */
export class ClientSocket implements Subscriber {
  readonly address: string;
  readonly #socket: WebSocket;
  readonly #session: LiveSession;
  readonly #handler: SocketHandler<z.ZodMiniType>;
  readonly #surroundings: SocketSurroundings;
  readonly #upgraded: Upgraded;
  readonly #closed = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();
  #farewell: ReturnType<typeof setTimeout> | undefined;
  #breath: ReturnType<typeof setTimeout> | undefined;
  /** Whether the handler knows of it. */
  #opened = false;
  #ended = false;
  #heardAt = performance.now();
  #beatAt = -Infinity;
  #warned = false;
  /** Whether some user or session may have changed since this socket looked. */
  #outdated = false;
  /** What the policy said when it was last asked; null since the session has changed. */
  #seesAll: boolean | null = null;
  #invalid = 0;
  /** What was sent since Deno was asked what waits. */
  #unasked = 0;

  constructor(
    socket: WebSocket,
    session: Session,
    handler: SocketHandler<z.ZodMiniType>,
    surroundings: SocketSurroundings,
  ) {
    this.#socket = socket;
    this.#session = new LiveSession(session);
    this.#handler = handler;
    this.#surroundings = surroundings;
    this.#upgraded = surroundings.connection.upgraded();
    this.address = surroundings.address;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#open();
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => {
      this.#upgraded[Symbol.dispose]();
      this.#gone.resolve();
      this.#end();
    };
    // Deno reports resets here and then closes; there is nothing to do about one.
    socket.onerror = (event) => {
      if (event instanceof ErrorEvent) log.debug("Socket: {message}", { message: event.message });
    };
  }

  /** Who is there, as of now: role and end follow what becomes of the user and of `auth`. */
  get session(): Session {
    return this.#session;
  }

  /** `performance.now()` of the last message of the client. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Bytes that were sent and not handed to the network yet. */
  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  /** Resolves when the client has gone, or has not agreed to go in time. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /**
   * Resolves when Deno has let the connection go too: of a client that never agrees to an end, not
   * before the network gives it up.
   */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  sees(subject: unknown): boolean {
    return may(this.#session, "read", subject as Subject);
  }

  /** Asked for each message: while nothing about the session changes, its end alone is looked at. */
  seesAll(): boolean {
    return this.#session.left() > 0 && (this.#seesAll ??= seesAll(this.#session));
  }

  send(text: string): void {
    if (this.#mayWrite(text.length)) this.#socket.send(text);
  }

  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#mayWrite(bytes.length)) this.#socket.send(bytes);
  }

  push(type: string, data: unknown): void {
    if (this.#isOpen) this.send(encode(type, data));
  }

  /** Sends the server's own heartbeat, which is the same text for all. */
  beat(heartbeat: string): void {
    this.#beatAt = performance.now();
    this.send(heartbeat);
  }

  fail(error: GlassError, requestId?: string): void {
    const { code, message } = error;
    this.push("error", requestId === undefined ? { code, message } : { code, message, requestId });
  }

  close(code: number, reason: string): void {
    if (this.#farewell !== undefined || this.#ended) return;
    // A client that vanished never agrees; what it holds here and in Deno is let go all the same.
    this.#farewell = setTimeout(() => {
      this.#end();
      this.#surroundings.connection.cut();
    }, code === CloseCode.silent ? SILENT_FAREWELL : FAREWELL);
    this.#closeWhenQuiet(code, cut(reason, MAX_REASON), performance.now() + MAX_NOISE);
  }

  /**
   * Deno drops the connection at the first message that it reads after `close`, and the reason with
   * it when that has not been sent yet. So it waits until the client takes a breath.
   */
  #closeWhenQuiet(code: number, reason: string, latest: number): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const now = performance.now();
    if (now - this.#heardAt >= QUIET || now >= latest) return this.#socket.close(code, reason);
    this.#breath = setTimeout(() => this.#closeWhenQuiet(code, reason, latest), QUIET);
  }

  /**
   * Looks whether the client may stay, and closes the socket when not; warns once before the session
   * ends.
   *
   * @param now `performance.now()`
   * @param changed whether some user or session may have changed since the last look
   */
  attend(now: number, changed: boolean): void {
    const left = this.#session.left(now);
    if (left <= 0) return this.#sessionEnded();
    this.#outdated ||= changed;
    if (this.#outdated) this.#follow();
    this.#surroundings.sessions.use(this.#session);
    if (this.#warned || left > EXPIRING) return;
    this.#warned = true;
    this.push("auth_expiring", { expiresAt: new Date(this.#session.expiresAt).toISOString() });
  }

  #open(): void {
    this.#heardAt = performance.now();
    // What the request was let in by may have changed since.
    this.#follow();
    if (!this.#isOpen) return;
    this.#opened = true;
    this.#handler.opened(this);
  }

  /** Neither closed nor about to be: what is said from now on has no effect. */
  get #isOpen(): boolean {
    return this.#farewell === undefined && this.#socket.readyState === WebSocket.OPEN;
  }

  #mayWrite(length: number): boolean {
    if (!this.#isOpen) return false;
    this.#unasked += length;
    if (this.#unasked <= UNASKED) return true;
    this.#unasked = length;
    if (this.#socket.bufferedAmount <= MAX_QUEUED) return true;
    this.close(CloseCode.silent, "The client does not read what it is sent.");
    return false;
  }

  /** Takes over what became of the session and its user; when that fails, it is tried again. */
  #follow(): void {
    const current = this.#surroundings.sessions.current(this.#session);
    this.#outdated = false;
    if (!current) return this.#sessionEnded();
    if (this.#session.follow(current.user)) this.#changed();
  }

  #changed(): void {
    this.#seesAll = null;
    if (!this.#surroundings.permitted(this.#session)) {
      this.close(CloseCode.forbidden, "The permission for this was withdrawn.");
    } else if (this.#opened) this.#handler.sessionChanged?.(this);
  }

  #sessionEnded(): void {
    this.close(CloseCode.tokenExpired, "The session has ended; sign in again.");
  }

  #end(): void {
    clearTimeout(this.#farewell);
    clearTimeout(this.#breath);
    if (this.#ended) return;
    this.#ended = true;
    this.#handler.closed(this);
    this.#closed.resolve();
  }

  #receive(data: string | ArrayBuffer): void {
    this.#heardAt = performance.now();
    this.#upgraded.heard();
    if (!this.#isOpen) return;
    if (isLonger(data, MAX_MESSAGE)) {
      return this.close(CloseCode.messageTooBig, `A message has at most ${MAX_MESSAGE} bytes.`);
    }
    const refusal = this.#surroundings.limits.message(this, this.#session.user.name);
    if (refusal !== null) return this.close(CloseCode.rateLimited, refusal);
    // Nine of ten messages are this one, and it asks for nothing that anybody could have lost.
    if (data === HEARTBEAT) this.#hearHeartbeat();
    else void this.#take(data);
  }

  async #take(data: string | ArrayBuffer): Promise<void> {
    const { sessions } = this.#surroundings;
    try {
      // A role that was taken away counts from the next message on.
      this.#outdated ||= sessions.changedSince(this, sessions.settings.patience);
      if (this.#outdated) this.#follow();
      if (!this.#isOpen) return;
      if (typeof data === "string") await this.#takeText(data);
      else await this.#takeBytes(data);
    } catch (error) {
      this.#answer(error);
    }
  }

  async #takeText(text: string): Promise<void> {
    const { recognise, accepts } = this.#handler;
    const message = (recognise?.(text) ?? parseMessage(text, accepts)) as CommonMessage;
    this.#invalid = 0;
    if (message.type === "heartbeat") this.#hearHeartbeat();
    else if (message.type === "auth") await this.#renew(message.data.token);
    else await this.#handler.received(message, this);
  }

  /**
   * Answers, unless it is an answer itself: with a client that answers every one, the two would never
   * stop.
   */
  #hearHeartbeat(): void {
    this.#invalid = 0;
    if (performance.now() - this.#beatAt > ECHO) this.push("heartbeat", {});
  }

  async #takeBytes(data: ArrayBuffer): Promise<void> {
    if (!this.#handler.binary) {
      throw invalid("This socket takes text messages, not binary ones.");
    }
    this.#invalid = 0;
    await this.#handler.binary(new Uint8Array(data), this);
  }

  /** Goes on with a newer token. @throws GlassError UNAUTHENTICATED; the old session then goes on */
  async #renew(token: string): Promise<void> {
    const session = await this.#surroundings.sessions.fromToken(token);
    const { name } = this.#session.user;
    if (session?.user.name !== name) {
      throw new GlassError("UNAUTHENTICATED", `This is no good token of user "${name}".`);
    }
    const changed = this.#session.follow(session.user);
    this.#session.renew(session);
    this.#warned = false;
    if (changed) this.#changed();
    this.push("auth", { expiresAt: new Date(session.expiresAt).toISOString() });
  }

  #answer(error: unknown): void {
    const failure = asGlassError(error);
    if (failure.code === "INTERNAL") log.error("Message failed: {error}", { error });
    this.fail(failure, failure instanceof InvalidMessage ? failure.requestId : undefined);
    if (failure.code !== "INVALID_MESSAGE") return;
    if (++this.#invalid < MAX_INVALID) return;
    this.close(CloseCode.invalidMessages, `${MAX_INVALID} invalid messages in a row.`);
  }
}
