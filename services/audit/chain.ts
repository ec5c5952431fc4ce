import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** One end of the chain: the number of a record, and its hash. */
export interface Link {
  seq: number;
  hash: string;
}

/** What the first record stands on. */
export const BEGINNING: Link = { seq: 0, hash: "0".repeat(64) };

/**
 * The hash of a record that comes after one with the hash `previous`:
 * `printf '%s\n%s' PREVIOUS RECORD | sha256sum`.
 */
export function chainHash(previous: string, record: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${previous}\n${record}`)));
}
