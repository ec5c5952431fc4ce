import type { Role, User } from "@/protocol.ts";
import { fromBase64, toBase64 } from "@/services/base64.ts";
import { GlassError } from "@/services/errors.ts";
import { randomBytes } from "@/services/random.ts";
import type { Store } from "@/services/store/mod.ts";

/** OWASP's scrypt parameters for 8 MiB of memory. */
const COST = { N: 2 ** 13, r: 8, p: 10, maxmem: 32 * 1024 * 1024 };
const KEY_LENGTH = 32;
/** Hashing runs on Deno's blocking threads; two at once bound its memory to 16 MiB. */
const MAX_HASHING = 2;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;
const MIN_PASSWORD = 8;

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

/** Who may sign in. Passwords are kept as `scrypt$N$r$p$salt$key`, base64. */
export class Users {
  readonly #store: Store;
  readonly #waiting: (() => void)[] = [];
  #hashing = 0;
  #revision = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Grows when sessions may have ended with a password or a user: whoever caches them looks again. */
  get revision(): number {
    return this.#revision;
  }

  list(): (User & { createdAt: number })[] {
    return this.#store.all("SELECT name, role, created_at AS createdAt FROM users ORDER BY name");
  }

  get(name: string): User | undefined {
    return this.#store.get<User>("SELECT name, role FROM users WHERE name = ?", name);
  }

  /** @throws GlassError CONFLICT for a taken name, INVALID_MESSAGE for a bad name or password */
  async add(name: string, role: Role, password: string): Promise<void> {
    if (!NAME.test(name)) {
      throw new GlassError(
        "INVALID_MESSAGE",
        `"${name}" is not a user name: 1 to 64 letters, digits, or . _ @ -, beginning with a letter or digit.`,
      );
    }
    if (this.get(name)) throw taken(name);
    const added = this.#store.run(
      `INSERT INTO users (name, role, password, created_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO NOTHING`,
      name,
      role,
      await this.#hash(checked(password)),
      Date.now(),
    );
    // Somebody else may have added it while the password was hashed.
    if (added === 0) throw taken(name);
  }

  /** Sets a new password and ends the user's sessions. */
  async changePassword(name: string, password: string): Promise<void> {
    const hash = await this.#hash(checked(password));
    if (this.#store.run("UPDATE users SET password = ? WHERE name = ?", hash, name) === 0) {
      throw unknownUser(name);
    }
    this.#store.run("DELETE FROM sessions WHERE user = ?", name);
    this.#revision++;
  }

  remove(name: string): void {
    if (this.#store.run("DELETE FROM users WHERE name = ?", name) === 0) throw unknownUser(name);
    this.#revision++;
  }

  /** The user when name and password fit, otherwise null; both take the same time. */
  async verify(name: string, password: string): Promise<User | null> {
    const row = this.#store.get<User & { password: string }>(
      "SELECT name, role, password FROM users WHERE name = ?",
      name,
    );
    const [, N, r, p, salt, key] = (row?.password ?? NOBODY).split("$");
    const expected = fromBase64(key ?? "");
    const actual = await this.#derive(password, fromBase64(salt ?? ""), {
      ...COST,
      N: Number(N),
      r: Number(r),
      p: Number(p),
    });
    return row && equal(actual, expected) ? { name: row.name, role: row.role } : null;
  }

  async #hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await this.#derive(password, salt, COST);
    return ["scrypt", COST.N, COST.r, COST.p, toBase64(salt), toBase64(key)].join("$");
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

/** What an unknown user's password is compared with, so that it costs what a known one's does. */
const NOBODY = [
  "scrypt",
  COST.N,
  COST.r,
  COST.p,
  toBase64(randomBytes(16)),
  toBase64(randomBytes(32)),
]
  .join("$");

function checked(password: string): string {
  if (password.length >= MIN_PASSWORD && password.length <= 1024) return password;
  throw new GlassError(
    "INVALID_MESSAGE",
    `A password has ${MIN_PASSWORD} to 1024 characters; this one has ${password.length}.`,
  );
}

function taken(name: string): GlassError {
  return new GlassError("CONFLICT", `User "${name}" exists already.`);
}

function unknownUser(name: string): GlassError {
  return new GlassError("NOT_FOUND", `There is no user "${name}".`);
}
