import type { User } from "@/protocol/mod.ts";
import type { Audit } from "@/services/audit/mod.ts";
import { GlassError, RateLimited } from "@/services/errors.ts";
import { Rate } from "@/services/limits/rate.ts";
import type { Actor } from "./actor.ts";
import { Challenges } from "./challenges.ts";
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
  #usersRevision = -1;

  constructor(users: Users, secondFactors: SecondFactors, audit: Audit) {
    this.#users = users;
    this.#audit = audit;
    this.#secondFactors = secondFactors;
  }

  /** @throws GlassError UNAUTHENTICATED, SecondFactorRequired without a code that is needed */
  async byPassword(username: string, password: string, code: string | undefined): Promise<User> {
    const user = await this.#users.verify(username, password);
    if (!user) throw new GlassError("UNAUTHENTICATED", "Name or password is not right.");
    if (!this.#secondFactors.isOn(user.name)) return user;
    if (code === undefined) throw new SecondFactorRequired(this.#begin(user.name));
    await this.#demandCode(user.name, code);
    return user;
  }

  /** The second step, after SecondFactorRequired. @throws GlassError UNAUTHENTICATED, RATE_LIMITED */
  async byCode(challenge: string, code: string): Promise<User> {
    this.#noticeChanges();
    const name = this.#challenges.userOf(challenge);
    const user = name === null ? undefined : this.#users.get(name);
    if (!user) throw new GlassError("UNAUTHENTICATED", "That took too long: sign in again.");
    await this.#demandCode(user.name, code);
    this.#challenges.end(challenge);
    return user;
  }

  /** Whether a code may still follow. */
  isOpen(challenge: string): boolean {
    return this.userOf(challenge) !== null;
  }

  /** Whose code may still follow. */
  userOf(challenge: string): string | null {
    this.#noticeChanges();
    return this.#challenges.userOf(challenge);
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

  #begin(user: string): string {
    this.#noticeChanges();
    return this.#challenges.begin(user);
  }

  async #demandCode(user: string, code: string): Promise<void> {
    if (await this.#secondFactors.spend(user, code)) return;
    throw new GlassError("UNAUTHENTICATED", "That code is not right, or was used already.");
  }

  #noticeChanges(): void {
    const { revision } = this.#users;
    if (revision !== this.#usersRevision) this.#challenges.clear();
    this.#usersRevision = revision;
  }
}
