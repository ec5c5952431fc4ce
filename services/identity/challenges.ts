import { newSecret } from "./secret.ts";

/** Milliseconds within which the code has to follow the password. */
const LIFETIME = 5 * 60_000;
const MOST = 1000;

interface Challenge {
  user: string;
  until: number;
}

/** Those who have given their password in a browser and owe the code of their second factor. */
export class Challenges {
  readonly #open = new Map<string, Challenge>();

  /** The text that the second step of the form has to bring along. */
  begin(user: string): string {
    // Maps keep insertion order, so the first key is the oldest.
    if (this.#open.size >= MOST) this.#open.delete(this.#open.keys().next().value!);
    const challenge = newSecret();
    this.#open.set(challenge, { user, until: Date.now() + LIFETIME });
    return challenge;
  }

  /** Whose it is; null when it has been answered or is too old. */
  userOf(challenge: string): string | null {
    const found = this.#open.get(challenge);
    return found && found.until > Date.now() ? found.user : null;
  }

  end(challenge: string): void {
    this.#open.delete(challenge);
  }

  /** After a change of users: whose password is another now has to give it again. */
  clear(): void {
    this.#open.clear();
  }
}
