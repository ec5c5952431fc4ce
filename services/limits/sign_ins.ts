import type { Audit } from "@/services/audit/mod.ts";
import { GlassError, RateLimited } from "../errors.ts";
import { log } from "../log.ts";
import { isLoopback, network } from "../network/addresses.ts";
import type { Store } from "../store/mod.ts";
import { Backoff } from "./backoff.ts";

/** Milliseconds for which a user is known where they have signed in. */
const FAMILIAR = 30 * 24 * 3600 * 1000;
/** Sign-ins under way at once: of one network, and of all where their user is not known. */
const AT_ONCE = 4;
const AT_ONCE_OF_STRANGERS = 16;

/**
 * How often passwords may be tried: by one network for one user, by one network for all users, and by
 * everybody for one user. The last alone would let a stranger lock an admin out for good, so it does
 * not hold for networks from which that user has signed in before, nor for this machine.
 */
export class SignIns {
  readonly #store: Store;
  readonly #audit: Audit;
  readonly #ofPair = new Backoff({ free: 5, first: 5, most: 900, memory: 3600 });
  readonly #ofNetwork = new Backoff({ free: 20, first: 5, most: 900, memory: 3600 });
  readonly #ofUser = new Backoff({ free: 50, first: 5, most: 60, memory: 3600 });
  readonly #running = new Map<string, number>();
  #strangers = 0;

  constructor(store: Store, audit: Audit) {
    this.#store = store;
    this.#audit = audit;
  }

  /**
   * Runs a sign-in, whose UNAUTHENTICATED is a failure.
   *
   * @throws GlassError RATE_LIMITED without running it, or what it throws
   */
  async attempt<T>(user: string, address: string, signIn: () => Promise<T>): Promise<T> {
    const place = network(address);
    const familiar = isLoopback(address) || this.#isFamiliar(user, place);
    const pair = `${place} ${user}`;
    const wait = Math.max(
      this.#ofPair.wait(pair),
      this.#ofNetwork.wait(place),
      familiar ? 0 : this.#ofUser.wait(user),
    );
    // Not whom they tried: that may be anything that somebody typed.
    const entry = { kind: "sign_in", actor: { user: null, address }, result: "ok" } as const;
    using _ = this.#audit.attempt(entry, () => {
      this.#demandPatience(wait);
      return this.#enter(place, familiar);
    });
    const counted = [
      [this.#ofPair, pair],
      [this.#ofNetwork, place],
      ...(familiar ? [] : [[this.#ofUser, user]] as const),
    ] as const;
    // Counted before it is known, or many at once would all be free.
    for (const [backoff, key] of counted) backoff.fail(key);
    try {
      const result = await signIn();
      this.#remember(user, place);
      for (const [backoff, key] of counted) backoff.takeBack(key);
      this.#ofPair.forget(pair);
      return result;
    } catch (error) {
      const failed = error instanceof GlassError && error.code === "UNAUTHENTICATED";
      for (const [backoff, key] of counted) failed ? backoff.begin(key) : backoff.takeBack(key);
      throw error;
    }
  }

  #demandPatience(wait: number): void {
    if (wait <= 0) return;
    const seconds = Math.ceil(wait / 1000);
    const when = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
    throw new RateLimited(`Too many failed sign-ins. Try again in ${when}.`, wait);
  }

  /** Each takes a password's hash, and those wait for one another. */
  #enter(place: string, familiar: boolean): Disposable {
    const running = this.#running.get(place) ?? 0;
    if (running >= AT_ONCE || (!familiar && this.#strangers >= AT_ONCE_OF_STRANGERS)) {
      throw new RateLimited("Too many sign-ins at once. Try again in a moment.", 1_000);
    }
    this.#running.set(place, running + 1);
    if (!familiar) this.#strangers++;
    return {
      [Symbol.dispose]: () => {
        const left = this.#running.get(place)! - 1;
        if (left > 0) this.#running.set(place, left);
        else this.#running.delete(place);
        if (!familiar) this.#strangers--;
      },
    };
  }

  #isFamiliar(user: string, place: string): boolean {
    return this.#store.get<{ seen_at: number }>(
      "SELECT seen_at FROM familiar_networks WHERE user = ? AND network = ? AND seen_at > ?",
      user,
      place,
      Date.now() - FAMILIAR,
    ) !== undefined;
  }

  #remember(user: string, place: string): void {
    const now = Date.now();
    try {
      this.#store.run("DELETE FROM familiar_networks WHERE seen_at < ?", now - FAMILIAR);
      this.#store.run(
        "INSERT OR REPLACE INTO familiar_networks (user, network, seen_at) VALUES (?, ?, ?)",
        user,
        place,
        now,
      );
    } catch (error) {
      // They have signed in, whether that is remembered or not.
      log.warn("Cannot note from where somebody has signed in: {error}", { error });
    }
  }
}
