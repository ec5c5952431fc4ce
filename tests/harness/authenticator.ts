import { codeAt, stepAt } from "@/services/identity/totp.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An authenticator app: knows the secret that a page has shown, and what code is next. */
export class Authenticator {
  readonly #secret: Uint8Array<ArrayBuffer>;
  #step = 0;

  /** @param secret in base32, with spaces or without */
  constructor(secret: string) {
    const letters = secret.replace(/\s/g, "");
    const bytes: number[] = [];
    let bits = 0;
    let value = 0;
    for (const letter of letters) {
      value = (value << 5) | ALPHABET.indexOf(letter);
      bits += 5;
      if (bits < 8) continue;
      bits -= 8;
      bytes.push((value >> bits) & 255);
      value &= (1 << bits) - 1;
    }
    this.#secret = Uint8Array.from(bytes);
  }

  /** A code that was not given before: the next one is taken a little early rather than waited for. */
  async code(): Promise<string> {
    this.#step = Math.max(stepAt(Date.now()), this.#step + 1);
    return await codeAt(this.#secret, this.#step);
  }
}
