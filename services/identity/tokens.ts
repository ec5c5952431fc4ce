import { randomBytes } from "@/services/random.ts";

const ISSUER = "virtglass";
const AUDIENCE = "api";
const KEY_BYTES = 32;

export interface Claims {
  /** The session's id. */
  sid: string;
  /** Unix time in ms. */
  expiresAt: number;
}

/** Access tokens: JWT, HS256 and nothing else, signed with the data folder's own key. */
export class Tokens {
  readonly #key: Uint8Array;

  constructor(dataDir: string) {
    this.#key = readOrMakeKey(`${dataDir}/token.key`);
  }

  async sign(user: string, claims: Claims): Promise<string> {
    // jose is loaded when the first token is asked for: pages and cookies do without it.
    const { SignJWT } = await import("jose");
    return await new SignJWT({ sid: claims.sid })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setSubject(user).setIssuer(ISSUER).setAudience(AUDIENCE).setIssuedAt()
      .setExpirationTime(Math.floor(claims.expiresAt / 1000))
      .sign(this.#key);
  }

  /** The claims of a token that is ours and has not expired, otherwise null. */
  async verify(token: string): Promise<Claims | null> {
    const { jwtVerify } = await import("jose");
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ["HS256"],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["sub", "sid", "iat", "exp"],
      });
      if (typeof payload.sid !== "string" || payload.exp === undefined) return null;
      return { sid: payload.sid, expiresAt: payload.exp * 1000 };
    } catch {
      // Forged, foreign, malformed or expired: for whoever shows it they are the same.
      return null;
    }
  }
}

function readOrMakeKey(file: string): Uint8Array {
  try {
    // Fails when the file is there, so that two starts at once agree on one key.
    Deno.writeFileSync(file, randomBytes(KEY_BYTES), { createNew: true, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  const key = Deno.readFileSync(file);
  if (key.length === KEY_BYTES) return key;
  throw new Error(`${file} is damaged: it has ${key.length} bytes, not ${KEY_BYTES}. Remove it.`);
}
