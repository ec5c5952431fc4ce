import { fromBase64, toBase64 } from "@/services/base64.ts";
import { randomBytes } from "@/services/random.ts";

/** OWASP's scrypt parameters for 8 MiB of memory. */
const COST = { N: 2 ** 13, r: 8, p: 10, maxmem: 32 * 1024 * 1024 };
const KEY_LENGTH = 32;
/** Hashing runs on Deno's blocking threads; two at once bound its memory to 16 MiB. */
const MAX_HASHING = 2;

/** Node's scrypt, loaded when the first password comes: the module takes 8 MB. */
async function derive(password: string, salt: Uint8Array, cost: typeof COST): Promise<Uint8Array> {
  const { scrypt } = await import("node:crypto");
  return await new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_LENGTH, cost, (error, key) => error ? reject(error) : resolve(key));
  });
}

/** Takes the same time wherever the two differ. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  let different = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) different |= a[index]! ^ (b[index] ?? 0);
  return different === 0;
}

/** What an unknown user's password is compared with, so that it costs what a known one's does. */
const NOBODY = written(COST, randomBytes(16), randomBytes(KEY_LENGTH));

/** Makes and compares the form in which passwords are kept: `scrypt$N$r$p$salt$key`, base64. */
export class PasswordHashes {
  readonly #waiting: (() => void)[] = [];
  #hashing = 0;

  async make(password: string): Promise<string> {
    const salt = randomBytes(16);
    return written(COST, salt, await this.#derive(password, salt, COST));
  }

  /** Whether the password is the one that was kept; takes as long when there is none to compare. */
  async fits(password: string, kept: string | undefined): Promise<boolean> {
    const [, N, r, p, salt, key] = (kept ?? NOBODY).split("$");
    const cost = { ...COST, N: Number(N), r: Number(r), p: Number(p) };
    const actual = await this.#derive(password, fromBase64(salt ?? ""), cost);
    return equal(actual, fromBase64(key ?? "")) && kept !== undefined;
  }

  async #derive(password: string, salt: Uint8Array, cost: typeof COST): Promise<Uint8Array> {
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

function written({ N, r, p }: typeof COST, salt: Uint8Array, key: Uint8Array): string {
  return ["scrypt", N, r, p, toBase64(salt), toBase64(key)].join("$");
}
