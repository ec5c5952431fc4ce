import { GlassError } from "../errors.ts";
import { may } from "../identity/policy.ts";
import type { Session } from "../identity/sessions.ts";
import { isLoopback } from "../network/addresses.ts";
import type { VMRecord } from "../vms/mod.ts";

/** Who may read `/metrics` without being signed in: whoever is on this machine, or nobody. */
export type Access = "loopback" | "token";

export interface Reader {
  session: Session | null;
  /** The IP address that the request comes from. */
  address: string;
  headers: Headers;
}

/**
 * What proxies add. Behind one on this machine the whole world seems to be on this machine: whoever
 * comes through it has to be signed in.
 */
const OF_PROXIES = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/**
 * Which VMs the reader may be told of.
 *
 * @throws GlassError UNAUTHENTICATED when it may be told nothing
 */
export function visible(
  access: Access,
  { session, address, headers }: Reader,
): (record: VMRecord) => boolean {
  if (session !== null) return (record) => may(session, "read", record);
  const here = isLoopback(address) && !OF_PROXIES.some((name) => headers.has(name));
  if (access === "loopback" && here) return () => true;
  const who = access === "token" ? "" : `, or from this machine itself, not from ${address}`;
  throw new GlassError(
    "UNAUTHENTICATED",
    `Metrics are read with "Authorization: Bearer TOKEN"${who} (metrics.access).`,
  );
}
