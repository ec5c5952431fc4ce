/** Who a domain is: read from the pointer without asking the daemon. */
import { library } from "./library.ts";
import { readString } from "./memory.ts";

export interface Identity {
  /** Lower case, with dashes. */
  uuid: string;
  name: string;
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const dashBefore = new Set([4, 6, 8, 10]);
const bytes = new Uint8Array(16);

/** Name and UUID. The pointer may be borrowed, as in an event: what is answered is a copy. */
export function identify(domain: Deno.PointerObject): Identity {
  const c = library();
  c.virDomainGetUUID(domain, bytes);
  return { uuid: formatUuid(bytes), name: readString(c.virDomainGetName(domain)) ?? "" };
}

function formatUuid(bytes: Uint8Array): string {
  let uuid = "";
  for (let at = 0; at < 16; at++) {
    if (dashBefore.has(at)) uuid += "-";
    uuid += hex[bytes[at] ?? 0];
  }
  return uuid;
}
