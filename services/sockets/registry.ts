import { CloseCode } from "@/protocol/codes.ts";
import { BEAT, onBeat } from "../beat.ts";
import type { Limits } from "../limits/mod.ts";
import { encode } from "../hub.ts";
import { log } from "../log.ts";
import type { Sessions } from "@/services/identity/sessions.ts";
import type { ClientSocket } from "./socket.ts";

const TICK = 1_000;

/**
 * Every open socket: one timer asks them all whether they may stay, and so does every change of a user
 * or session, at once.
 */
export class SocketRegistry {
  /** Seconds between two heartbeats; silence for two of them closes a socket. */
  readonly heartbeat: number;
  readonly #sessions: Sessions;
  readonly #limits: Limits;
  readonly #sockets = new Set<ClientSocket>();
  /** While there are sockets: at what other processes changed. */
  #looking: Disposable | null = null;
  #beatAt = performance.now();
  #tickedAt = performance.now();
  #stopping = false;

  constructor(sessions: Sessions, limits: Limits, heartbeat: number) {
    this.#sessions = sessions;
    this.#limits = limits;
    this.heartbeat = heartbeat;
    sessions.onChange(() => this.#attendNow());
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Takes the socket in, or closes it and says false. */
  add(socket: ClientSocket): boolean {
    if (this.#stopping) {
      socket.close(CloseCode.serverStopping, STOPPING);
      return false;
    }
    const place = this.#limits.enter(socket.session.user.name, socket.address);
    // Its memory is Deno's until then, so a client that will not go keeps its place.
    void socket.gone.then(() => place[Symbol.dispose]());
    if (place.refusal !== null) {
      socket.close(CloseCode.tooManyConnections, place.refusal);
      return false;
    }
    this.#sockets.add(socket);
    this.#looking ??= onBeat(() => this.#look());
    return true;
  }

  remove(socket: ClientSocket): void {
    this.#sockets.delete(socket);
    if (this.#sockets.size > 0) return;
    this.#looking?.[Symbol.dispose]();
    this.#looking = null;
  }

  /** Closes all sockets and waits until their clients have agreed, or `deadline` ms have passed. */
  async stop(deadline: number): Promise<void> {
    this.#stopping = true;
    const sockets = [...this.#sockets];
    for (const socket of sockets) socket.close(CloseCode.serverStopping, STOPPING);
    const closed = Promise.all(sockets.map((socket) => socket.closed));
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, deadline);
    await Promise.race([closed, late.promise]);
    clearTimeout(timer);
    this.#looking?.[Symbol.dispose]();
  }

  #look(): void {
    if (performance.now() - this.#tickedAt >= TICK - BEAT / 2) return this.#tick();
    try {
      if (this.#sessions.changedSince(this)) this.#attendNow();
    } catch {
      // The next tick tries again, and tells.
    }
  }

  #attendNow(): void {
    const now = performance.now();
    for (const socket of this.#sockets) {
      try {
        socket.attend(now, true);
      } catch {
        // It knows that it has to look again; the next tick has it try, and tells.
      }
    }
  }

  #tick(): void {
    const now = this.#tickedAt = performance.now();
    const beat = now - this.#beatAt >= this.heartbeat * 1000;
    if (beat) this.#beatAt = now;
    const patience = 2 * this.heartbeat;
    const text = beat ? encode("heartbeat", {}) : null;
    let failure: unknown;
    // A store that cannot be read says nothing: every socket then looks for itself until it can.
    let changed = true;
    try {
      changed = this.#sessions.changedSince(this);
    } catch (error) {
      failure = error;
    }
    for (const socket of this.#sockets) {
      if (now - socket.heardAt > patience * 1000) {
        socket.close(CloseCode.silent, `Nothing was heard for ${patience} s.`);
        continue;
      }
      try {
        socket.attend(now, changed);
      } catch (error) {
        failure = error;
      }
      if (text !== null) socket.beat(text);
    }
    if (failure) log.error("Cannot look who may stay: {error}", { error: failure });
  }
}

const STOPPING = "virtglass is stopping; reconnect in a moment.";
