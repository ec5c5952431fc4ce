import type { User } from "@/protocol/mod.ts";
import type { Session } from "@/services/identity/sessions.ts";

/**
 * A session as an open socket holds it. How long it lasts is counted by the clock that nobody sets,
 * so a clock that jumps ends nobody; and it follows what becomes of its user and of itself.
 */
export class LiveSession implements Session {
  #session: Session;
  /** When it ends, as `performance.now()` counts. */
  #endsAt: number;

  constructor(session: Session) {
    this.#session = session;
    this.#endsAt = endOf(session);
  }

  get id(): string {
    return this.#session.id;
  }

  get user(): User {
    return this.#session.user;
  }

  /** Unix ms, by the clock as it goes now. */
  get expiresAt(): number {
    return Date.now() + this.left();
  }

  /** Milliseconds until it ends, as of `now`, which is `performance.now()`. */
  left(now = performance.now()): number {
    return this.#endsAt - now;
  }

  /** Goes on with a newer session of the same user. */
  renew(session: Session): void {
    this.#session = session;
    this.#endsAt = endOf(session);
  }

  /** Takes the user as it is now; says whether anything about it has changed. */
  follow(user: User): boolean {
    if (isSame(user, this.user)) return false;
    const { id, expiresAt } = this.#session;
    this.#session = { id, user, expiresAt };
    return true;
  }
}

const isSame = (a: User, b: User) => JSON.stringify(a) === JSON.stringify(b);

const endOf = ({ expiresAt }: Session) => performance.now() + expiresAt - Date.now();
