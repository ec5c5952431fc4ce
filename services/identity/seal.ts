import { fromBase64, toBase64 } from "@/services/base64.ts";
import { randomBytes } from "@/services/random.ts";
import { readOrMakeKey } from "./key_file.ts";

const IV_BYTES = 12;

/**
 * Seals what must be read again, so that the store by itself tells nothing of it: AES-256-GCM with a key
 * in a file of its own. `owner` is sealed in: what was sealed for one opens for no other.
 */
export class Seal {
  readonly #file: string;
  #key: Promise<CryptoKey> | undefined;

  /** @param file the key's; made at first use */
  constructor(file: string) {
    this.#file = file;
  }

  async seal(bytes: Uint8Array<ArrayBuffer>, owner: string): Promise<string> {
    const iv = randomBytes(IV_BYTES);
    const sealed = await crypto.subtle.encrypt(algorithm(iv, owner), await this.#load(), bytes);
    return toBase64(Uint8Array.of(...iv, ...new Uint8Array(sealed)));
  }

  /** @throws when it was sealed with another key or for somebody else */
  async open(text: string, owner: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = fromBase64(text);
    const [iv, sealed] = [bytes.slice(0, IV_BYTES), bytes.slice(IV_BYTES)];
    return new Uint8Array(
      await crypto.subtle.decrypt(algorithm(iv, owner), await this.#load(), sealed),
    );
  }

  #load(): Promise<CryptoKey> {
    return this.#key ??= crypto.subtle.importKey(
      "raw",
      readOrMakeKey(this.#file),
      "AES-GCM",
      false,
      [
        "encrypt",
        "decrypt",
      ],
    );
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, owner: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(owner) };
}
