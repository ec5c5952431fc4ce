import type { Config } from "../config/mod.ts";
import { GlassError, problemResponse } from "../errors.ts";
import { isLoopback, plainAddress } from "./addresses.ts";
import type { Connection, Connections } from "./connections.ts";
import type { Names } from "./names.ts";
import type { Proxies } from "./proxies.ts";

/** Who asks, and how. */
export interface Peer {
  /** Its IP address: the connection's, or what a listed proxy says. */
  address: string;
  connection: Connection;
  /** As Deno gave it, which alone can become a WebSocket. */
  request: Request;
}

export type PeerHandler = (
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr> & { peer: Peer },
) => Response | Promise<Response>;

/** What a client may ask for: a name or an address, and a port. */
const HOST = /^(?:\[[\da-f:.]+\]|[a-z\d_.-]+)(?::\d{1,5})?$/i;

/** Methods for proxies, and for reading back headers that pages may not read. */
const UNKNOWN = new Set(["CONNECT", "TRACE"]);

/**
 * What stands before all routes: finds out who asks, through which proxies and by which name, and turns
 * away who asks for another server. The request that it hands on has the address that the browser has,
 * whatever lies between.
 */
export class Front {
  readonly #names: Names;
  readonly #proxies: Proxies;
  readonly #connections: Connections;
  /** Whether only proxies may ask: others' passwords would cross the network in the clear. */
  readonly #proxiesOnly: boolean;

  constructor(
    config: Config,
    { names, proxies, connections }: { names: Names; proxies: Proxies; connections: Connections },
  ) {
    this.#names = names;
    this.#proxies = proxies;
    this.#connections = connections;
    this.#proxiesOnly = config.tls === "off" && !isLoopback(config.listen.hostname);
  }

  /** `next` with this before it. */
  before(next: PeerHandler): Deno.ServeHandler<Deno.NetAddr> {
    return (request, info) => {
      const connection = this.#connections.request(info);
      try {
        const { address, url } = this.#ask(request, plainAddress(info.remoteAddr.hostname));
        return next(asked(request, url), { ...info, peer: { address, connection, request } });
      } catch (error) {
        if (error instanceof GlassError) return refusal(request, error);
        throw error;
      }
    };
  }

  /** @throws GlassError when this server is not who is asked, or not by this client */
  #ask(request: Request, nearest: string): { address: string; url: URL } {
    if (this.#proxiesOnly && !this.#proxies.has(nearest) && !isLoopback(nearest)) {
      throw new GlassError(
        "FORBIDDEN",
        "This server speaks plain HTTP, to the proxies of --trusted-proxies alone.",
      );
    }
    if (UNKNOWN.has(request.method.toUpperCase())) {
      throw new GlassError("METHOD_NOT_ALLOWED", `${request.method} is not possible here`);
    }
    const url = parse(request);
    const { address, protocol, host } = this.#proxies.read(nearest, request.headers);
    if (protocol !== null) {
      if (!/^https?:$/.test(protocol)) throw bad(`"${protocol}" is no protocol of pages.`);
      url.protocol = protocol;
    }
    if (host !== null) {
      if (!HOST.test(host)) throw bad(`"${host}" is no host.`);
      url.host = host;
      // Setting a host without a port leaves the port that was there.
      if (!/:\d+$/.test(host)) url.port = "";
    }
    if (this.#names.has(url.hostname)) return { address, url };
    throw new GlassError(
      "MISDIRECTED",
      `This server is not "${url.hostname}". If it should be, start it with --allowed-hosts ${url.hostname}.`,
    );
  }
}

/** The request, for this address. */
function asked(request: Request, url: URL): Request {
  if (url.href === request.url) return request;
  const { method, headers, body } = request;
  // A body that comes with these means nothing, and no request can be made with one.
  const empty = /^(GET|HEAD)$/i.test(method);
  return new Request(url, { method, headers, body: empty ? null : body });
}

/** The address that is asked for, which must be the one that `Host` names. */
function parse(request: Request): URL {
  const host = request.headers.get("host");
  if (host !== null && host !== "" && !HOST.test(host)) throw bad(`"${host}" is no host.`);
  const url = URL.parse(request.url);
  if (url === null) throw bad("The address cannot be read.");
  const named = host && host !== url.host ? new URL(`${url.protocol}//${host}/`).host : url.host;
  if (url.username === "" && url.password === "" && named === url.host) return url;
  throw bad("The address and its Host are not the same.");
}

const bad = (message: string) => new GlassError("INVALID_MESSAGE", message);

/** As a person reads it, who has no page yet, or as a program does. */
function refusal(request: Request, error: GlassError): Response {
  const page = request.headers.get("accept")?.includes("text/html");
  const response = page
    ? new Response(`${error.message}\n`, {
      status: error.status,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    })
    : problemResponse(error);
  response.headers.set("x-content-type-options", "nosniff");
  return response;
}
