import { toBase32 } from "./base32.ts";

/** Seconds for which a code is shown. */
const PERIOD = 30;
const DIGITS = 6;
/** Steps by which a clock may be off, either way. */
const DRIFT = 1;

/** The step that a time in Unix ms lies in. */
export function stepAt(time: number): number {
  return Math.floor(time / 1000 / PERIOD);
}

/** The code of a step: RFC 6238 with SHA-1 and six digits, which is what every app can do. */
export async function codeAt(secret: Uint8Array<ArrayBuffer>, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 15;
  const number = (mac.getUint32(offset) & 0x7fffffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, "0");
}

/** The step whose code this is, as far as a clock may be off at `time`; null when it is none. */
export async function stepOf(
  secret: Uint8Array<ArrayBuffer>,
  code: string,
  time: number,
): Promise<number | null> {
  const now = stepAt(time);
  let found: number | null = null;
  for (let step = now - DRIFT; step <= now + DRIFT; step++) {
    // All are computed, whichever it is, so that the time taken tells nothing.
    if (await codeAt(secret, step) === code) found = step;
  }
  return found;
}

/** What the QR code says to an authenticator app. */
export function enrolmentURI(host: string, user: string, secret: Uint8Array): string {
  const label = `${encodeURIComponent(`virtglass ${host}`)}:${encodeURIComponent(user)}`;
  const query = new URLSearchParams({ secret: toBase32(secret), issuer: `virtglass ${host}` });
  return `otpauth://totp/${label}?${query}`.replaceAll("+", "%20");
}
