import { family, isLoopback, isWildcard, plainAddress } from "./addresses.ts";

/** Where a server's names come from. */
export interface NamesOptions {
  /** Where it listens. */
  listen: string;
  /** The names of `allowed-hosts`. */
  allowed: readonly string[];
  /** The names of the certificate as it is now, which may begin with `*.` */
  certified(): readonly string[];
  /** The addresses of this machine by which somebody is connected now. */
  addresses(): ReadonlySet<string>;
}

/**
 * The names that are this server's. A page of another site can be given a name whose address becomes
 * ours (DNS rebinding), and is then a page of our own origin to the browser: it asks for that name,
 * and that name is not ours.
 */
export class Names {
  readonly #options: NamesOptions;
  readonly #names: ReadonlySet<string>;
  /** Whether each address of this machine leads here. */
  readonly #everywhere: boolean;
  /** Those that were asked for before. */
  readonly #own = new Set<string>();

  constructor(options: NamesOptions) {
    const { listen, allowed } = options;
    this.#options = options;
    this.#everywhere = isWildcard(listen);
    const listens = this.#everywhere ? [] : [listen];
    this.#names = new Set([...listens, Deno.hostname(), ...allowed].map(plainAddress));
  }

  /** @param hostname as `URL.hostname` gives it */
  has(hostname: string): boolean {
    const name = plainAddress(hostname);
    if (isLoopback(name) || this.#names.has(name)) return true;
    if (family(name) !== null) return this.#everywhere && this.#isOwnAddress(name);
    return this.#options.certified().some((pattern) => matches(pattern, name));
  }

  /** Who asks for an address of ours is connected to it. */
  #isOwnAddress(address: string): boolean {
    if (this.#own.has(address)) return true;
    if (!this.#options.addresses().has(address)) return false;
    this.#own.add(address);
    return true;
  }
}

/** A wildcard stands for one label, as in certificates (RFC 6125). */
function matches(pattern: string, name: string): boolean {
  if (!pattern.startsWith("*.")) return pattern.toLowerCase() === name;
  const dot = name.indexOf(".");
  return dot > 0 && name.slice(dot) === pattern.slice(1).toLowerCase();
}
