import type { Audit } from "@/services/audit/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { randomBytes } from "@/services/random.ts";
import type { Actor } from "./actor.ts";
import type { Users } from "./users.ts";

/** Milliseconds that a set-up code is good for. */
const CODE_LIFETIME = 3600_000;
/** 32 letters and digits that are not taken for each other: 5 bits each, 80 in all. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = 4;

/** Told of every code that is made, and of the file that has it. */
export type Announce = (code: string, file: string) => void;

/**
 * Until there is an admin: whoever can read the data folder, or the terminal that the server was
 * started on, makes the first one with a code that is good once.
 */
export class FirstRun implements Disposable {
  readonly #file: string;
  readonly #users: Users;
  readonly #lifetime: number;
  readonly #audit: Audit;
  #code: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Never again once there has been an admin: the last one cannot go. */
  #over = false;

  constructor(dataDir: string, users: Users, audit: Audit, lifetime = CODE_LIFETIME) {
    this.#lifetime = lifetime;
    this.#file = `${dataDir}/setup.code`;
    this.#users = users;
    this.#audit = audit;
  }

  /** Whether there is no admin yet. */
  get needed(): boolean {
    if (!this.#over && this.#users.hasAdmin) this.#end();
    return !this.#over;
  }

  /** Makes a code, and another one whenever that has expired, for as long as it is needed. */
  start(announce: Announce): void {
    if (!this.needed) return;
    clearTimeout(this.#timer);
    const code = this.#code = newCode();
    // Made anew, so that nobody holds an older file of this name open.
    this.#removeFile();
    Deno.writeTextFileSync(this.#file, `${code}\n`, { createNew: true, mode: 0o600 });
    announce(code, this.#file);
    this.#timer = setTimeout(() => this.start(announce), this.#lifetime);
    Deno.unrefTimer(this.#timer);
  }

  /**
   * Makes the first admin. The code is spent by it, and good again when the name or password is not.
   *
   * @throws GlassError FORBIDDEN for a wrong code, CONFLICT when there is an admin, and as `Users.add`
   */
  async makeAdmin(
    code: string,
    name: string,
    password: string,
    actor: Actor,
  ): Promise<void> {
    if (!this.needed) throw new GlassError("CONFLICT", "There is an admin already: sign in.");
    const mine = this.#code;
    const entry = { kind: "setup", actor, result: "ok" } as const;
    this.#audit.attempt(entry, () => {
      if (mine !== null && isSame(code, mine)) return;
      throw new GlassError(
        "FORBIDDEN",
        `This is not the set-up code. It is in the file ${this.#file}, and a new one at every start and every hour.`,
      );
    });
    // Of two that come at once, one makes the admin.
    this.#code = null;
    try {
      await this.#users.add(name, "admin", password, actor);
    } catch (error) {
      this.#code = mine;
      throw error;
    }
    this.#audit.outcome({ ...entry, subject: name });
    this.#end();
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#code = null;
    clearTimeout(this.#timer);
    this.#removeFile();
  }

  #removeFile(): void {
    try {
      Deno.removeSync(this.#file);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

const newCode = () =>
  Array.from(
    { length: GROUPS },
    () => [...randomBytes(4)].map((byte) => ALPHABET[byte & 31]).join(""),
  ).join("-");

/** Takes the same time wherever the two differ, and letters as they were typed. */
function isSame(typed: string, code: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const [a, b] = [plain(typed), plain(code)];
  let different = a.length ^ b.length;
  for (let index = 0; index < b.length; index++) {
    different |= (a.charCodeAt(index) || 0) ^ b.charCodeAt(index);
  }
  return different === 0;
}
