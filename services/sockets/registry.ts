import { CloseCode, HEARTBEAT_INTERVAL } from "@/protocol.ts";
import type { Session, Sessions } from "../sessions.ts";
import type { ClientSocket } from "./socket.ts";

const TICK = 1_000;
const SILENCE = 2 * HEARTBEAT_INTERVAL * 1000;

/** Every open socket: one timer asks them all whether they may stay. */
export class SocketRegistry {
  readonly #sessions: Sessions;
  readonly #sockets = new Set<ClientSocket>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #beatAt = Date.now();
  #stopping = false;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  get size(): number {
    return this.#sockets.size;
  }

  add(socket: ClientSocket): void {
    if (this.#stopping) return socket.close(CloseCode.serverStopping, "virtglass is stopping.");
    this.#sockets.add(socket);
    this.#timer ??= setInterval(() => this.#tick(), TICK);
  }

  remove(socket: ClientSocket): void {
    this.#sockets.delete(socket);
    if (this.#sockets.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Closes all sockets and waits until their clients have agreed, or `deadline` ms have passed. */
  async stop(deadline: number): Promise<void> {
    this.#stopping = true;
    for (const socket of this.#sockets) {
      socket.close(CloseCode.serverStopping, "virtglass is stopping; reconnect in a moment.");
    }
    const closed = Promise.all([...this.#sockets].map((socket) => socket.closed));
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, deadline);
    await Promise.race([closed, late.promise]);
    clearTimeout(timer);
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  #tick(): void {
    const now = Date.now();
    const beat = now - this.#beatAt >= HEARTBEAT_INTERVAL * 1000;
    if (beat) this.#beatAt = now;
    const changed = this.#sessions.changedSince(this);
    for (const socket of this.#sockets) {
      if (now - socket.heardAt > SILENCE) {
        socket.close(CloseCode.silent, `Nothing was heard for ${SILENCE / 1000} s.`);
      } else if (!this.#mayStay(socket.session, changed, now)) {
        socket.close(CloseCode.tokenExpired, "The session has ended; sign in again.");
      } else if (beat) {
        socket.push("heartbeat", {});
      }
    }
  }

  #mayStay(session: Session, changed: boolean, now: number): boolean {
    if (session.expiresAt <= now) return false;
    return !changed || this.#sessions.current(session) !== null;
  }
}
