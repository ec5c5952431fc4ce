import { toBase64Url } from "@/services/base64.ts";
import { randomBytes } from "@/services/random.ts";

/** 256 bits that nobody can guess, as text. */
export function newSecret(): string {
  return toBase64Url(randomBytes(32));
}

/** What the store keeps of a secret: with so many bits behind it, a plain hash tells nothing of it. */
export async function hashOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return toBase64Url(new Uint8Array(digest));
}
