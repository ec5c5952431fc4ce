import { family, isLoopback, plainAddress } from "./addresses.ts";

/** Where a request comes from and what it asked for, as far as proxies may say so. */
export interface Forwarded {
  /** The client's IP address; `proxy 127.0.0.1` for whoever a proxy of this machine hides. */
  address: string;
  /** `http:` or `https:`; null when no proxy said. */
  protocol: string | null;
  /** Host and port that the client asked for; null when no proxy said. */
  host: string | null;
}

/** An address as proxies write it: bare, or with a port. */
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/;

/** The proxies of `trusted-proxies`, whose word is taken for who asks. */
export class Proxies {
  readonly #listed: ((address: string) => boolean) | null;

  /** @param listed whether a valid IP address is one of theirs; null for no proxies */
  constructor(listed: ((address: string) => boolean) | null = null) {
    this.#listed = listed;
  }

  /** @param subnets addresses, or subnets such as 10.0.0.0/8 */
  static async of(subnets: readonly string[]): Promise<Proxies> {
    if (subnets.length === 0) return new Proxies();
    const { within } = await import("./subnets.ts");
    return new Proxies(within(subnets));
  }

  /** Whether there are any. */
  get any(): boolean {
    return this.#listed !== null;
  }

  has(address: string): boolean {
    return this.#listed !== null && family(address) !== null && this.#listed(address);
  }

  /**
   * What this peer's headers say. Nothing that somebody else than a listed proxy says counts; each of
   * them appends where it was asked from, so the last address that is no proxy's is the client.
   */
  read(peer: string, headers: Headers): Forwarded {
    if (!this.has(peer)) return { address: unlisted(peer, headers), protocol: null, host: null };
    let address = peer;
    for (const item of listed(headers, "x-forwarded-for").reverse()) {
      const said = plainAddress(WITH_PORT.exec(item)?.slice(1).find(Boolean) ?? item);
      if (family(said) === null) break;
      address = said;
      if (!this.has(said)) break;
    }
    const protocol = listed(headers, "x-forwarded-proto").at(-1)?.toLowerCase();
    return {
      address,
      protocol: protocol === undefined ? null : `${protocol}:`,
      host: listed(headers, "x-forwarded-host").at(-1) ?? null,
    };
  }
}

/**
 * A proxy on this machine that is not listed must not make everybody somebody of this machine, to whom
 * more is allowed.
 */
function unlisted(peer: string, headers: Headers): string {
  const forwarded = ["x-forwarded-for", "forwarded", "via"].some((name) => headers.has(name));
  return forwarded && isLoopback(peer) ? `proxy ${peer}` : peer;
}

function listed(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? "").split(",").map((item) => item.trim()).filter(Boolean);
}
