import type { Proven } from "./proven.ts";
import { newSecret } from "./secret.ts";

/** Milliseconds within which the code has to follow the password. */
const LIFETIME = 5 * 60_000;
const MOST = 1000;

interface Challenge {
  proven: Proven;
  until: number;
}

/** Those who have given their password in a browser and owe the code of their second factor. */
export class Challenges {
  readonly #open = new Map<string, Challenge>();

  /** The text that the second step of the form has to bring along. */
  begin(proven: Proven): string {
    // Maps keep insertion order, so the first key is the oldest.
    if (this.#open.size >= MOST) this.#open.delete(this.#open.keys().next().value!);
    const challenge = newSecret();
    this.#open.set(challenge, { proven, until: Date.now() + LIFETIME });
    return challenge;
  }

  /** Who has given the password; null when it has been answered, is too old, or stands no more. */
  find(challenge: string): Proven | null {
    const found = this.#open.get(challenge);
    return found && found.until > Date.now() && found.proven.stands() ? found.proven : null;
  }

  end(challenge: string): void {
    this.#open.delete(challenge);
  }
}
