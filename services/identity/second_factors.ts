import type { Audit } from "@/services/audit/mod.ts";
import { GlassError, RateLimited } from "@/services/errors.ts";
import { Rate } from "@/services/limits/rate.ts";
import { randomBytes } from "@/services/random.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Actor } from "./actor.ts";
import { toBase32 } from "./base32.ts";
import { Seal } from "./seal.ts";
import { hashOf } from "./secret.ts";
import { stepOf } from "./totp.ts";

/** RFC 4226 recommends 160 bits. */
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** 80 bits each: past guessing, also for who has read the store. */
const RECOVERY_BYTES = 10;
/** Milliseconds for which somebody may take over a new secret into their app. */
const ENROLMENT = 15 * 60_000;
const MAX_PENDING = 1000;
/** Wrong codes of one user within so many seconds; three of a million are right at any time. */
const MOST_WRONG = 5;
const WRONG_WINDOW = 15 * 60;

interface Row {
  secret: string;
  /** Hashes of the codes that are left, as a JSON list. */
  recovery: string;
}

interface Pending {
  secret: Uint8Array<ArrayBuffer>;
  until: number;
}

/** The second factor: codes of an authenticator app, and recovery codes for when that is lost. */
export class SecondFactors {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #seal: Seal;
  readonly #wrong = new Rate(MOST_WRONG, WRONG_WINDOW);
  /** By session: secrets that no code has confirmed yet. */
  readonly #pending = new Map<string, Pending>();

  constructor(store: Store, audit: Audit) {
    this.#store = store;
    this.#audit = audit;
    this.#seal = new Seal(`${store.folder}/secrets.key`);
  }

  isOn(user: string): boolean {
    return this.#row(user) !== undefined;
  }

  /** How many recovery codes are left. */
  recoveryLeft(user: string): number {
    return hashes(this.#row(user)).length;
  }

  /**
   * A new secret for this session's user, which counts once a code has confirmed it.
   *
   * @throws GlassError CONFLICT while the factor is on
   */
  begin(session: string, user: string): Uint8Array {
    if (this.isOn(user)) {
      throw new GlassError("CONFLICT", "The second factor is on already; turn it off first.");
    }
    if (this.#pending.size >= MAX_PENDING) {
      this.#pending.delete(this.#pending.keys().next().value!);
    }
    const secret = randomBytes(SECRET_BYTES);
    this.#pending.set(session, { secret, until: Date.now() + ENROLMENT });
    return secret;
  }

  /** The secret that this session was given and has not confirmed; null when there is none. */
  pending(session: string): Uint8Array | null {
    const pending = this.#pending.get(session);
    return pending && pending.until > Date.now() ? pending.secret : null;
  }

  /**
   * Turns the factor on when the code is one of the secret that this session was given.
   *
   * @returns the recovery codes, which are nowhere else and never shown again; null for a wrong code
   * @throws GlassError RATE_LIMITED, AUDIT_UNAVAILABLE
   */
  async confirm(
    session: string,
    user: string,
    code: string,
    actor: Actor,
  ): Promise<string[] | null> {
    const secret = this.#pending.get(session)?.secret;
    if (!secret || this.pending(session) === null) return null;
    const step = await this.#limited(user, () => stepOf(secret, plain(code), Date.now()));
    if (step === null) return null;
    this.#pending.delete(session);
    const codes = recoveryCodes();
    const [sealed, recovery] = [await this.#seal.seal(secret, user), await hashed(codes)];
    this.#audit.write(
      { kind: "totp.enable", actor, subject: user, result: "ok" },
      () =>
        this.#store.run(
          `INSERT INTO second_factors (user, secret, recovery, last_step, created_at)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (user) DO UPDATE
         SET secret = excluded.secret, recovery = excluded.recovery, last_step = excluded.last_step,
             created_at = excluded.created_at`,
          user,
          sealed,
          recovery,
          step,
          Date.now(),
        ),
    );
    return codes;
  }

  /**
   * Whether this is a code of the user's app, or a recovery code, that has not been used before. It is
   * used then.
   *
   * @throws GlassError RATE_LIMITED
   */
  async spend(user: string, code: string): Promise<boolean> {
    const text = plain(code);
    const good = await this.#limited(
      user,
      async () =>
        await this.#spendCode(user, text) || await this.#spendRecovery(user, text) || null,
    );
    return good !== null;
  }

  /** Ten new recovery codes in the place of those that are left. @throws GlassError AUDIT_UNAVAILABLE */
  async renewRecovery(user: string, actor: Actor): Promise<string[]> {
    const codes = recoveryCodes();
    const recovery = await hashed(codes);
    this.#audit.write(
      { kind: "recovery_codes.make", actor, subject: user, result: "ok" },
      () =>
        this.#store.run("UPDATE second_factors SET recovery = ? WHERE user = ?", recovery, user),
    );
    return codes;
  }

  /** Turns it off; says whether it was on. @throws GlassError AUDIT_UNAVAILABLE */
  turnOff(user: string, actor: Actor): boolean {
    if (!this.isOn(user)) return false;
    this.#audit.write(
      { kind: "totp.disable", actor, subject: user, result: "ok" },
      () => this.#store.run("DELETE FROM second_factors WHERE user = ?", user),
    );
    return true;
  }

  #row(user: string): Row | undefined {
    return this.#store.get("SELECT secret, recovery FROM second_factors WHERE user = ?", user);
  }

  /** The step counts up in one statement, so of two that show one code at once, one is too late. */
  async #spendCode(user: string, code: string): Promise<boolean> {
    const row = this.#row(user);
    if (!row) return false;
    const step = await stepOf(await this.#open(row.secret, user), code, Date.now());
    if (step === null) return false;
    return this.#store.run(
      "UPDATE second_factors SET last_step = ? WHERE user = ? AND last_step < ?",
      step,
      user,
      step,
    ) > 0;
  }

  async #spendRecovery(user: string, code: string): Promise<boolean> {
    const hash = await hashOf(code);
    const row = this.#row(user);
    const left = hashes(row).filter((one) => one !== hash);
    if (!row || left.length === hashes(row).length) return false;
    return this.#store.run(
      "UPDATE second_factors SET recovery = ? WHERE user = ? AND recovery = ?",
      JSON.stringify(left),
      user,
      row.recovery,
    ) > 0;
  }

  async #open(secret: string, user: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#seal.open(secret, user);
    } catch (cause) {
      throw new GlassError(
        "CONFLICT",
        `The second factor of "${user}" cannot be read: secrets.key is not the one it was made with. An administrator resets it with: virtglass user reset-2fa ${user}`,
        { cause },
      );
    }
  }

  /** Counts before it looks, so that many at once are not more than one after the other. */
  async #limited<T>(user: string, look: () => Promise<T | null>): Promise<T | null> {
    const wait = this.#wrong.spend(user);
    if (wait > 0) {
      throw new RateLimited(
        `Too many wrong codes for "${user}". Try again in ${Math.ceil(wait / 60_000)} min.`,
        wait,
      );
    }
    const found = await look();
    if (found !== null) this.#wrong.refund(user);
    return found;
  }
}

function hashes(row: Row | undefined): string[] {
  return row === undefined ? [] : JSON.parse(row.recovery);
}

async function hashed(codes: string[]): Promise<string> {
  return JSON.stringify(await Promise.all(codes.map((code) => hashOf(plain(code)))));
}

/** As people type them: with spaces, dashes and capitals, or without. */
function plain(code: string): string {
  return code.replace(/[\s-]/g, "").toLowerCase();
}

/** In groups of four, which are easier to copy. */
function recoveryCodes(): string[] {
  return Array.from(
    { length: RECOVERY_CODES },
    () => toBase32(randomBytes(RECOVERY_BYTES)).toLowerCase().match(/.{4}/g)!.join("-"),
  );
}
