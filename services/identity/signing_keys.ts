import { toBase64Url } from "@/services/base64.ts";
import { readKey, readOrMakeKey } from "./key_file.ts";

/** Milliseconds after which tokens are signed with a new key. */
const LIFETIME = 30 * 24 * 3600 * 1000;
/** Characters of a key's hash that name it. */
const KID_LENGTH = 12;

export interface SigningKey {
  /** Names the key in the tokens that it signed. */
  kid: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The keys of tokens, in the data folder: `token.key` signs, and `token.key.old`, which it followed, is
 * still believed until the last token that it signed has expired. A new key is made every 30 days, or
 * at the next start when somebody removes the file. The file's own time says since when it signs.
 */
export class SigningKeys {
  readonly #file: string;
  readonly #grace: number;
  #current: SigningKey | null = null;
  #old: SigningKey | null = null;
  #since = 0;
  #loaded: Promise<void> | null = null;

  /** @param grace ms for which an old key is still believed */
  constructor(dataDir: string, grace: number) {
    this.#file = `${dataDir}/token.key`;
    this.#grace = grace;
    readOrMakeKey(this.#file);
  }

  /** The key that signs now. */
  async current(): Promise<SigningKey> {
    await this.#ready();
    if (Date.now() - this.#since > LIFETIME) await this.rotate();
    return this.#current!;
  }

  /** The key of this name, null when there is none or its time has passed. */
  async find(kid: string): Promise<SigningKey | null> {
    const current = await this.current();
    if (kid === current.kid) return current;
    if (this.#old !== null && this.#isGraceOver()) this.#forgetOld();
    return kid === this.#old?.kid ? this.#old : null;
  }

  /** Signs with a new key from now on. */
  async rotate(): Promise<void> {
    // At once, so that whoever asks meanwhile does not make another one.
    this.#since = Date.now();
    // Were it ended in between, the next start makes the new key.
    Deno.renameSync(this.#file, this.#oldFile);
    readOrMakeKey(this.#file);
    this.#loaded = null;
    await this.#ready();
  }

  /** Reads the keys once for all who ask: two readings, one of them late, would bring an old key back. */
  #ready(): Promise<void> {
    return this.#loaded ??= this.#load().catch((error) => {
      this.#loaded = null;
      throw error;
    });
  }

  get #oldFile(): string {
    return `${this.#file}.old`;
  }

  async #load(): Promise<void> {
    this.#since = Deno.statSync(this.#file).mtime!.getTime();
    const bytes = readKey(this.#file);
    const old = readOld(this.#oldFile);
    this.#old = old && await named(old);
    this.#current = await named(bytes);
    if (this.#old !== null && this.#isGraceOver()) this.#forgetOld();
  }

  #isGraceOver(): boolean {
    return Date.now() - this.#since >= this.#grace;
  }

  #forgetOld(): void {
    this.#old = null;
    Deno.removeSync(this.#oldFile);
  }
}

function readOld(file: string): Uint8Array<ArrayBuffer> | null {
  try {
    return readKey(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function named(bytes: Uint8Array<ArrayBuffer>): Promise<SigningKey> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { kid: toBase64Url(hash).slice(0, KID_LENGTH), bytes };
}
