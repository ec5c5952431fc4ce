import { link } from "@/texts/mod.ts";

/** How a socket is doing, as a page can show it. Times are milliseconds of `Date.now()`. */
export type Link =
  | { kind: "connecting" }
  | { kind: "live" }
  /** Lost; the next attempt is at `until`. */
  | { kind: "waiting"; until: number }
  /** Lost, and the browser says that there is no network; still tried again at `until`. */
  | { kind: "offline"; until: number }
  /** Over for good: trying again would be refused again. `code` is a close code of the protocol. */
  | { kind: "ended"; code: number; reason: string };

/** Over for good. */
export type Ended = Extract<Link, { kind: "ended" }>;

/** Close code of a socket whose session ended; the browser may have signed in again since. */
export const SIGNED_OUT = 4401;

/** Close codes after which trying again is pointless, with words for when the server sent none. */
const FINAL: Record<number, () => string> = {
  1008: () => link.reload,
  [SIGNED_OUT]: () => link.signedOut,
  4403: () => link.forbidden,
  4404: () => link.gone,
};

/** What a closed socket comes to: `ended`, or null when it is to be opened again. */
export function ended(code: number, reason: string): Ended | null {
  const words = FINAL[code];
  return words === undefined ? null : { kind: "ended", code, reason: reason || words() };
}

/**
 * Why the server refused an upgrade. A browser hides the answer (every refusal is close code 1006),
 * so the same question is put to `address`, a plain resource under the same permission.
 */
export async function refusal(address: string, ask = fetch): Promise<Ended | null> {
  try {
    const { status, body } = await ask(address, {
      redirect: "manual",
      signal: AbortSignal.timeout(5000),
    });
    await body?.cancel();
    return status === 401 || status === 403 || status === 404 ? ended(4000 + status, "") : null;
  } catch {
    return null;
  }
}
