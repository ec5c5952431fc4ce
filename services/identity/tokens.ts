import type { JWTPayload } from "jose";
import { SigningKeys } from "./signing_keys.ts";

const ISSUER = "virtglass";
const ACCESS = "api";
const TICKET = "ws";

/** Seconds an access token is good for. */
export const TOKEN_LIFETIME = 600;

export interface Claims {
  /** The session's id. */
  sid: string;
  /** Unix time in ms. */
  expiresAt: number;
}

/** What a ticket says: good once, for a socket at this path. */
export interface TicketClaims extends Claims {
  /** Names this ticket. */
  jti: string;
  path: string;
}

/** Access tokens and tickets: JWT, HS256 and nothing else, signed with the data folder's own key. */
export class Tokens {
  readonly keys: SigningKeys;

  constructor(dataDir: string) {
    this.keys = new SigningKeys(dataDir, TOKEN_LIFETIME * 1000);
  }

  async sign(user: string, { sid, expiresAt }: Claims): Promise<string> {
    return await this.#sign(user, ACCESS, { sid }, expiresAt);
  }

  async signTicket(user: string, { expiresAt, ...claims }: TicketClaims): Promise<string> {
    return await this.#sign(user, TICKET, claims, expiresAt);
  }

  /** The claims of an access token that is ours and has not expired, otherwise null. */
  async verify(token: string): Promise<Claims | null> {
    const payload = await this.#verify(token, ACCESS, []);
    return payload && { sid: payload.sid, expiresAt: payload.exp * 1000 };
  }

  /** The claims of a ticket that is ours and has not expired, otherwise null. */
  async verifyTicket(token: string): Promise<TicketClaims | null> {
    const payload = await this.#verify(token, TICKET, ["jti", "path"]);
    if (typeof payload?.path !== "string" || typeof payload.jti !== "string") return null;
    const { sid, exp, jti, path } = payload;
    return { sid, expiresAt: exp * 1000, jti, path };
  }

  async #sign(
    user: string,
    audience: string,
    claims: Record<string, unknown>,
    expiresAt: number,
  ): Promise<string> {
    // jose is loaded when the first token is asked for: pages and cookies do without it.
    const { SignJWT } = await import("jose");
    const { kid, bytes } = await this.keys.current();
    return await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "JWT", kid })
      .setSubject(user).setIssuer(ISSUER).setAudience(audience).setIssuedAt()
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(bytes);
  }

  async #verify(
    token: string,
    audience: string,
    more: string[],
  ): Promise<JWTPayload & { sid: string; exp: number } | null> {
    const { jwtVerify } = await import("jose");
    try {
      const key = async ({ kid }: { kid?: string }) => {
        const found = kid === undefined ? null : await this.keys.find(kid);
        if (found === null) throw new Error("There is no such key.");
        return found.bytes;
      };
      const { payload } = await jwtVerify(token, key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        audience,
        requiredClaims: ["sub", "sid", "iat", "exp", ...more],
      });
      const { sid, exp } = payload;
      if (typeof sid !== "string" || exp === undefined) return null;
      return { ...payload, sid, exp };
    } catch {
      // Forged, foreign, malformed or expired: for whoever shows it they are the same.
      return null;
    }
  }
}
