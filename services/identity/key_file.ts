import { randomBytes } from "@/services/random.ts";

const KEY_BYTES = 32;

/** The key in this file, which only its owner reads; made when there is none. */
export function readOrMakeKey(file: string): Uint8Array<ArrayBuffer> {
  try {
    // Fails when the file is there, so that two starts at once agree on one key.
    Deno.writeFileSync(file, randomBytes(KEY_BYTES), { createNew: true, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    Deno.chmodSync(file, 0o600);
  }
  return readKey(file);
}

/** @throws Error that says which file is damaged */
export function readKey(file: string): Uint8Array<ArrayBuffer> {
  const key = Deno.readFileSync(file);
  if (key.length === KEY_BYTES) return key;
  throw new Error(`${file} is damaged: it has ${key.length} bytes, not ${KEY_BYTES}. Remove it.`);
}
