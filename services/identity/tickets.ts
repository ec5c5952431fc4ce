import { toBase64Url } from "@/services/base64.ts";
import { GlassError, RateLimited } from "@/services/errors.ts";
import { randomBytes } from "@/services/random.ts";
import type { Session } from "./sessions.ts";
import type { Tokens } from "./tokens.ts";

/** Seconds within which a ticket is to be used. */
export const TICKET_LIFETIME = 30;
/** Tickets of one session that may wait to be used. */
const MOST_WAITING = 64;

/** What a ticket stands for. */
export interface Admission {
  sid: string;
  /** Unix ms at which what the ticket was asked for with is no longer good. */
  expiresAt: number;
}

interface Waiting extends Admission {
  /** Unix ms at which the ticket itself is no longer good. */
  until: number;
}

/**
 * Tickets: tokens for one socket, once, for 30 s, so that what stands in an address is worth nothing
 * afterwards. Those that wait are known here; a ticket that is not among them is spent, or older than
 * this process.
 */
export class Tickets {
  readonly #tokens: Tokens;
  /** By their jti, in order of their end. */
  readonly #waiting = new Map<string, Waiting>();

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  /** @throws GlassError INVALID_MESSAGE for a path that is no socket's, RATE_LIMITED */
  async issue({ id, user, expiresAt }: Session, path: string): Promise<string> {
    const pathname = socketPath(path);
    const now = Date.now();
    this.#dropLate(now);
    const mine = this.#waiting.values().filter(({ sid }) => sid === id);
    if (mine.toArray().length >= MOST_WAITING) {
      throw new RateLimited(
        `This session has ${MOST_WAITING} tickets that it has not used; use them, or wait ${TICKET_LIFETIME} s.`,
        TICKET_LIFETIME * 1000,
      );
    }
    const jti = toBase64Url(randomBytes(16));
    const until = now + TICKET_LIFETIME * 1000;
    this.#waiting.set(jti, { sid: id, expiresAt, until });
    return await this.#tokens.signTicket(user.name, {
      jti,
      sid: id,
      path: pathname,
      expiresAt: until,
    });
  }

  /** Spends a ticket; null when it is no good for this path, or not any more. */
  async redeem(ticket: string, path: string): Promise<Admission | null> {
    const claims = await this.#tokens.verifyTicket(ticket);
    const waiting = claims && this.#waiting.get(claims.jti);
    if (!claims || !waiting || claims.sid !== waiting.sid) return null;
    // Shown anywhere, it is spent: whoever shows it at another path is not whom it was given to.
    this.#waiting.delete(claims.jti);
    return claims.path === path && waiting.until > Date.now() ? waiting : null;
  }

  #dropLate(now: number): void {
    for (const [jti, { until }] of this.#waiting) {
      if (until <= now) this.#waiting.delete(jti);
    }
  }
}

/** The path as the address of a request has it, without a query. */
function socketPath(path: string): string {
  const base = "http://virtglass";
  if (path.startsWith("/") && URL.canParse(path, base)) {
    const { origin, pathname } = new URL(path, base);
    if (origin === base && pathname.startsWith("/ws/")) return pathname;
  }
  throw new GlassError(
    "INVALID_MESSAGE",
    `"${path}" is no socket's path, such as /ws/vms/NAME or /ws/events.`,
  );
}
