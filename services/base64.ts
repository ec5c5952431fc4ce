/** Bytes and their base64, as the wire has them; `Uint8Array`'s own methods are newer than Deno 2.6. */

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // In steps, because a call takes only so many arguments.
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(binary);
}

/** Without padding, and safe in URLs, cookies and file names. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param text checked before to be base64 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
