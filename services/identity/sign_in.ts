import type { Audit } from "@/services/audit/mod.ts";
import { GlassError, RateLimited } from "@/services/errors.ts";
import { Rate } from "@/services/limits/rate.ts";
import type { Actor } from "./actor.ts";
import { Challenges } from "./challenges.ts";
import type { Proven } from "./proven.ts";
import type { SecondFactors } from "./second_factors.ts";
import type { Users } from "./users.ts";

/** Times that somebody who is signed in may give a wrong password, which come back within so many seconds. */
const MOST_WRONG = 10;
const WRONG_WINDOW = 15 * 60;

/** The password was right, and the user has a second factor. */
export class SecondFactorRequired extends GlassError {
  /** Private, so that nothing that prints errors ever shows it. */
  readonly #challenge: string;

  constructor(challenge: string) {
    super("TOTP_REQUIRED", "Give the code of your authenticator app too, or a recovery code.");
    this.#challenge = challenge;
  }

  /** Brought along with the code, it stands for the password. */
  get challenge(): string {
    return this.#challenge;
  }
}

/** Finds out whether people are who they say: by password, and by second factor where they have one. */
export class SignIn {
  readonly #users: Users;
  readonly #audit: Audit;
  readonly #secondFactors: SecondFactors;
  readonly #challenges = new Challenges();
  readonly #wrong = new Rate(MOST_WRONG, WRONG_WINDOW);

  constructor(users: Users, secondFactors: SecondFactors, audit: Audit) {
    this.#users = users;
    this.#audit = audit;
    this.#secondFactors = secondFactors;
  }

  /** @throws GlassError UNAUTHENTICATED, SecondFactorRequired without a code that is needed */
  async byPassword(username: string, password: string, code: string | undefined): Promise<Proven> {
    const stands = this.#users.standing(username);
    const user = await this.#users.verify(username, password);
    if (!user) throw new GlassError("UNAUTHENTICATED", "Name or password is not right.");
    const proven = { user, stands };
    if (!this.#secondFactors.isOn(user.name)) return proven;
    if (code === undefined) throw new SecondFactorRequired(this.#challenges.begin(proven));
    await this.#demandCode(user.name, code);
    return proven;
  }

  /** The second step, after SecondFactorRequired. @throws GlassError UNAUTHENTICATED, RATE_LIMITED */
  async byCode(challenge: string, code: string): Promise<Proven> {
    const proven = this.#challenges.find(challenge);
    if (!proven) throw new GlassError("UNAUTHENTICATED", "That took too long: sign in again.");
    await this.#demandCode(proven.user.name, code);
    this.#challenges.end(challenge);
    return proven;
  }

  /** Whether a code may still follow. */
  isOpen(challenge: string): boolean {
    return this.userOf(challenge) !== null;
  }

  /** Whose code may still follow. */
  userOf(challenge: string): string | null {
    return this.#challenges.find(challenge)?.user.name ?? null;
  }

  /**
   * Asks somebody who is signed in for the password, before what would outlive the session. A wrong
   * one is noted; a right one is told by what follows.
   *
   * @throws GlassError UNAUTHENTICATED, RATE_LIMITED
   */
  async confirm(user: string, password: string, actor: Actor): Promise<void> {
    try {
      await this.#confirm(user, password);
    } catch (error) {
      throw this.#audit.refused({ kind: "password.confirm", actor, result: "failed" }, error);
    }
  }

  async #confirm(user: string, password: string): Promise<void> {
    const wait = this.#wrong.spend(user);
    if (wait > 0) {
      throw new RateLimited(
        `Too many wrong passwords. Try again in ${Math.ceil(wait / 60_000)} min.`,
        wait,
      );
    }
    if (!await this.#users.verify(user, password)) {
      throw new GlassError("UNAUTHENTICATED", "Your password is not right.");
    }
    this.#wrong.refund(user);
  }

  async #demandCode(user: string, code: string): Promise<void> {
    if (await this.#secondFactors.spend(user, code)) return;
    throw new GlassError("UNAUTHENTICATED", "That code is not right, or was used already.");
  }
}
