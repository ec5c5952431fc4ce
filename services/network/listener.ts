import { type Address, ConfigError } from "../config/mod.ts";
import { GlassError } from "../errors.ts";
import { log } from "../log.ts";
import type { Certificate } from "./certificate.ts";
import { stopListening } from "./tcp.ts";

type Handler = Deno.ServeHandler<Deno.NetAddr>;

/** Milliseconds between two tries to listen again. */
const RETRY = 1_000;

/** The server's port. Its certificate can be changed while clients are connected. */
export class Listener {
  readonly #handler: Handler;
  readonly #servers: Deno.HttpServer<Deno.NetAddr>[] = [];
  readonly #address: Address;
  #stopping = false;

  /**
   * @param certificate null for plain HTTP
   * @throws ConfigError, or GlassError CONFLICT, when nothing can listen there
   */
  constructor(address: Address, certificate: Certificate | null, handler: Handler) {
    this.#handler = handler;
    this.#address = address;
    try {
      this.#address = { ...address, port: this.#serve(certificate).port };
    } catch (error) {
      throw explained(error, address);
    }
  }

  get port(): number {
    return this.#address.port;
  }

  /**
   * Answers new connections with another certificate. Deno binds one to a listener for good, and a
   * server that shuts down takes its WebSockets with it; so the old one loses the port and keeps those
   * who are connected. For less than a millisecond nobody listens.
   */
  replace(certificate: Certificate): void {
    stopListening(this.port);
    this.#listenAgain(certificate);
  }

  /** Ends all connections once what they asked for is answered. */
  async shutdown(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#servers.map((server) => server.shutdown()));
  }

  #listenAgain(certificate: Certificate): void {
    if (this.#stopping) return;
    try {
      this.#serve(certificate);
    } catch (error) {
      log.error("Cannot listen with the new certificate: {error}", { error });
      setTimeout(() => this.#listenAgain(certificate), RETRY);
    }
  }

  #serve(certificate: Certificate | null): Deno.NetAddr {
    const server = Deno.serve(
      {
        ...this.#address,
        ...certificate,
        // What the API answers. Pages and assets bring their own encodings.
        // Other sites cannot guess at what is compressed: they get nothing of somebody signed in.
        automaticCompression: true,
        onListen: () => {},
      },
      this.#handler,
    );
    this.#servers.push(server);
    return server.addr;
  }
}

/**
 * What a person can mend, in their words. What may pass by itself, as an address that DHCP brings later, is
 * no ConfigError: after one of those the service is not started again.
 */
function explained(error: unknown, { hostname, port }: Address): unknown {
  if (error instanceof Deno.errors.AddrInUse) {
    return new GlassError(
      "CONFLICT",
      `Port ${port} on ${hostname} is taken by another program. Choose another with --listen ${hostname}:PORT.`,
    );
  }
  if (error instanceof Deno.errors.AddrNotAvailable || error instanceof Deno.errors.NotFound) {
    return new GlassError(
      "CONFLICT",
      `Cannot listen on "${hostname}": it is no address of this machine.`,
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new ConfigError(`No permission to listen on port ${port}. Choose one above 1023.`);
  }
  return error;
}
