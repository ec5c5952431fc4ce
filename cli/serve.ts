import { App, staticFiles } from "fresh";
import { libvirtVersion } from "@/libvirt/mod.ts";
import { manifest } from "@/manifest_gen.ts";
import { securityHeaders } from "@/routes/(_shared)/headers.ts";
import { type Config, ConfigError, loadConfig, SETTINGS } from "@/services/config/mod.ts";
import { frugalMalloc } from "@/services/frugal_malloc.ts";
import { configureLog, log } from "@/services/log.ts";
import { Services, type State } from "@/services/mod.ts";
import { VERSION } from "@/services/version.ts";
import { readArguments, UsageError } from "./arguments.ts";

const FLAGS = Object.fromEntries(
  ["config", ...SETTINGS.map(({ flag }) => flag)].map((flag) => [flag, "string" as const]),
);

/** How long the first page waits for libvirt's first answer, in ms: a page with VMs is better. */
const FIRST_ANSWER = 2_000;

/** How long the end waits for clients to agree to it, in ms. */
const CLOSE_DEADLINE = 1_000;

/** `virtglass serve`: runs until SIGTERM or SIGINT. */
export async function serve(args: string[]): Promise<void> {
  const { flags, positionals } = readArguments(args, FLAGS);
  if (positionals.length > 0) throw new UsageError(`serve takes no "${positionals[0]}".`);
  const config = await loadConfig(flags);
  configureLog(config.logFormat, "info");
  frugalMalloc();
  // Without the library nothing would ever work; without the daemon everything may still come.
  libvirtVersion();
  const listening = listenOptions(config);
  await using services = new Services(config);
  services.start();
  await firstAnswer(services);
  const server = listen(config, listening, handler(services));
  await stopSignal();
  log.info("Stopping");
  // Sockets first: the server's own end would close them without our reason.
  await services.sockets.stop(CLOSE_DEADLINE);
  // Connections that are kept alive would hold a graceful end up for ever.
  await Promise.race([server.shutdown(), after(CLOSE_DEADLINE)]);
}

function handler(services: Services): Deno.ServeHandler<Deno.NetAddr> {
  return new App<State>()
    .use(securityHeaders)
    .use(staticFiles())
    .use((ctx) => {
      ctx.state.services = services;
      ctx.state.session = null;
      ctx.state.address = addressOf(ctx.info.remoteAddr);
      return ctx.next();
    })
    .fsRoutes(manifest)
    .handler();
}

const addressOf = (remote: Deno.Addr) => "hostname" in remote ? remote.hostname : remote.transport;

function listen(
  config: Config,
  options: Deno.ServeTcpOptions | (Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem),
  handle: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  const { hostname, port } = config.listen;
  try {
    // Pages: a table of twenty VMs is a seventh of its size then. Assets bring their own encodings.
    return Deno.serve({ ...options, automaticCompression: true, onListen: announce }, handle);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new ConfigError(
        `Port ${port} on ${hostname} is taken by another program. Choose another with --listen ${hostname}:PORT.`,
      );
    }
    if (error instanceof Deno.errors.AddrNotAvailable || error instanceof Deno.errors.NotFound) {
      throw new ConfigError(`Cannot listen on "${hostname}": it is no address of this machine.`);
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      throw new ConfigError(`No permission to listen on port ${port}. Choose one above 1023.`);
    }
    throw error;
  }

  function announce(address: Deno.NetAddr): void {
    const host = address.hostname.includes(":") ? `[${address.hostname}]` : address.hostname;
    const scheme = config.tlsCert === undefined ? "http" : "https";
    log.info("virtglass {version} listens on {url}", {
      version: VERSION,
      url: `${scheme}://${host}:${address.port}/`,
    });
  }
}

function listenOptions(config: Config) {
  const { listen, tlsCert, tlsKey } = config;
  const address = { hostname: listen.hostname, port: listen.port };
  if (tlsCert !== undefined && tlsKey !== undefined) {
    return { ...address, cert: readPem(tlsCert), key: readPem(tlsKey) };
  }
  if (!isLoopback(listen.hostname)) {
    throw new ConfigError(
      `Passwords would cross the network in the clear on ${listen.hostname}: give --tls-cert and --tls-key, or listen on 127.0.0.1.`,
    );
  }
  return address;
}

function readPem(file: string): string {
  try {
    return Deno.readTextFileSync(file);
  } catch (error) {
    throw new ConfigError(`Cannot read "${file}": ${(error as Error).message}`);
  }
}

const isLoopback = (hostname: string) =>
  hostname === "localhost" || hostname === "::1" || /^127(\.\d{1,3}){3}$/.test(hostname);

async function firstAnswer(services: Services): Promise<void> {
  const answered = Promise.withResolvers<void>();
  services.hypervisor.onConnectivity(() => answered.resolve());
  await Promise.race([answered.promise, after(FIRST_ANSWER)]);
}

async function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(signal, resolve);
  await promise;
}

/** A pause that does not keep the process alive. */
function after(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  Deno.unrefTimer(setTimeout(resolve, milliseconds));
  return promise;
}
