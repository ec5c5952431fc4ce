/** Who a domain is: read from the pointer without asking the daemon. */
import { Interning } from "./interning.ts";
import { library } from "./library.ts";
import { internedString } from "./memory.ts";

export interface Identity {
  /** Lower case, with dashes. */
  uuid: string;
  name: string;
}

const bytes = new Uint8Array(16);
const words = new Int32Array(bytes.buffer);
const uuids = new Interning((bytes) =>
  bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
);

/** UUID of a virDomainPtr, which may be borrowed. */
export function uuidOf(domain: bigint): string {
  library().virDomainGetUUID(domain, bytes);
  return uuids.get(words, 0, words.length);
}

/** Name and UUID of a virDomainPtr, which may be borrowed, as in an event: what is answered is a copy. */
export function identify(domain: bigint): Identity {
  const name = internedString(BigInt(library().virDomainGetName(domain)));
  return { uuid: uuidOf(domain), name };
}
