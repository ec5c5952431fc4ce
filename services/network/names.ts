import { isIP } from "node:net";
import { isLoopback, isWildcard, plainAddress } from "./addresses.ts";

/** Milliseconds for which the addresses of this machine are taken to be what they were. */
const FRESH = 10_000;

/**
 * The names that are this server's. A page of another site can be given a name whose address becomes
 * ours (DNS rebinding), and is then a page of our own origin to the browser: it asks for that name,
 * and that name is not ours.
 */
export class Names {
  readonly #names: ReadonlySet<string>;
  readonly #certified: () => readonly string[];
  /** Whether each address of this machine leads here. */
  readonly #everywhere: boolean;
  #addresses: ReadonlySet<string> = new Set();
  #lookedAt = -Infinity;

  /**
   * @param listen where the server listens
   * @param allowed the names of `allowed-hosts`
   * @param certified the names of the certificate, which may begin with `*.`
   */
  constructor(listen: string, allowed: readonly string[], certified: () => readonly string[]) {
    this.#everywhere = isWildcard(listen);
    const listens = this.#everywhere ? [] : [listen];
    this.#names = new Set([...listens, Deno.hostname(), ...allowed].map(plainAddress));
    this.#certified = certified;
  }

  /** @param hostname as `URL.hostname` gives it */
  has(hostname: string): boolean {
    const name = plainAddress(hostname);
    if (isLoopback(name) || this.#names.has(name)) return true;
    if (isIP(name) !== 0) return this.#everywhere && this.#isOwnAddress(name);
    return this.#certified().some((pattern) => matches(pattern, name));
  }

  #isOwnAddress(address: string): boolean {
    if (this.#addresses.has(address)) return true;
    const now = performance.now();
    if (now - this.#lookedAt < FRESH) return false;
    this.#lookedAt = now;
    this.#addresses = new Set(Deno.networkInterfaces().map(({ address }) => plainAddress(address)));
    return this.#addresses.has(address);
  }
}

/** A wildcard stands for one label, as in certificates (RFC 6125). */
function matches(pattern: string, name: string): boolean {
  if (!pattern.startsWith("*.")) return pattern.toLowerCase() === name;
  const dot = name.indexOf(".");
  return dot > 0 && name.slice(dot) === pattern.slice(1).toLowerCase();
}
