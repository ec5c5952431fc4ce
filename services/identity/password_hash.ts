import { RateLimited } from "@/services/errors.ts";
import { fromBase64, toBase64 } from "@/services/base64.ts";
import { randomBytes } from "@/services/random.ts";

/** What one hash takes, as scrypt counts it. */
export interface Cost {
  N: number;
  r: number;
  p: number;
}

/** OWASP's scrypt parameters for 8 MiB of memory. */
const COST: Cost = { N: 2 ** 13, r: 8, p: 10 };
const MAX_MEMORY = 32 * 1024 * 1024;
const KEY_LENGTH = 32;
/** Hashing runs on Deno's blocking threads; two at once bound its memory to 16 MiB. */
const MAX_HASHING = 2;
/** Passwords that may wait for that: some seconds' worth. */
const MAX_WAITING = 200;
/** Milliseconds after which who was refused may try again. */
const PATIENCE = 5_000;

/** Node's scrypt, loaded when the first password comes: the module takes 8 MB. */
async function derive(password: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  const { scrypt } = await import("node:crypto");
  const options = { ...cost, maxmem: MAX_MEMORY };
  return await new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_LENGTH, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** Takes the same time wherever the two differ. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let different = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) different |= a[index]! ^ (b[index] ?? 0);
  return different === 0;
}

/** Makes and compares the form in which passwords are kept: `scrypt$N$r$p$salt$key`, base64. */
export class PasswordHashes {
  readonly #cost: Cost;
  /** What an unknown user's password is compared with, so that it costs what a known one's does. */
  readonly #nobody: string;
  readonly #waiting: (() => void)[] = [];
  #hashing = 0;

  constructor(cost: Cost = COST) {
    this.#cost = cost;
    this.#nobody = written(cost, randomBytes(16), randomBytes(KEY_LENGTH));
  }

  /** @throws RateLimited, as `fits` does, while too many passwords wait */
  async make(password: string): Promise<string> {
    const salt = randomBytes(16);
    return written(this.#cost, salt, await this.#derive(password, salt, this.#cost));
  }

  /** Whether the password is the one that was kept; takes as long when there is none to compare. */
  async fits(password: string, kept: string | undefined): Promise<boolean> {
    const [, N, r, p, salt, key] = (kept ?? this.#nobody).split("$");
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    const actual = await this.#derive(password, fromBase64(salt ?? ""), cost);
    return equal(actual, fromBase64(key ?? "")) && kept !== undefined;
  }

  async #derive(password: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
    if (this.#waiting.length >= MAX_WAITING) {
      throw new RateLimited("Too many passwords wait to be looked at: try again.", PATIENCE);
    }
    if (this.#hashing < MAX_HASHING) this.#hashing++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await derive(password.normalize("NFKC"), salt, cost);
    } finally {
      // The place is handed on rather than freed, so that no newcomer slips in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#hashing--;
    }
  }
}

function written({ N, r, p }: Cost, salt: Uint8Array, key: Uint8Array): string {
  return ["scrypt", N, r, p, toBase64(salt), toBase64(key)].join("$");
}
