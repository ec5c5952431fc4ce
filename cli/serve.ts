import { App, staticFiles } from "fresh";
import { preloadLibrary } from "@/libvirt/preload.ts";
import { manifest } from "@/manifest_gen.ts";
import { prepareFirstPage } from "@/routes/(_shared)/first_page.ts";
import { firstRun } from "@/routes/(_shared)/first_run.ts";
import { securityHeaders } from "@/routes/(_shared)/headers.ts";
import { type Config, loadConfig } from "@/services/config/mod.ts";
import { frugalMalloc } from "@/services/frugal_malloc.ts";
import { configureLog, log } from "@/services/log.ts";
import { Gate } from "@/services/gate.ts";
import type { Services, State } from "@/services/mod.ts";
import { isWildcard } from "@/services/network/addresses.ts";
import type { Certificates } from "@/services/network/certificates.ts";
import { Connections } from "@/services/network/connections.ts";
import { Front, type PeerHandler } from "@/services/network/front.ts";
import { Listener } from "@/services/network/listener.ts";
import { Names } from "@/services/network/names.ts";
import { Proxies } from "@/services/network/proxies.ts";
import { openCertificates } from "@/services/network/tls.ts";
import { dropStartPages } from "@/services/start_pages.ts";
import { demandKnownFolder } from "@/services/store/mod.ts";
import { notify } from "@/services/systemd/notify.ts";
import { startWatchdog } from "@/services/systemd/watchdog.ts";
import { VERSION } from "@/services/version.ts";
import type { Arguments } from "./arguments.ts";

/** How long the end waits for clients to agree to it, in ms. */
const CLOSE_DEADLINE = 1_000;

/** How long after it listens everything is opened that nobody has asked for yet, in ms. */
const SOON = 50;

/** How long after it listens what only its start needed is given back, in ms. */
const SETTLED = 10_000;

interface ServeOptions {
  /** Is told its address. */
  listening?: (url: string) => void;
  /** Resolves when it is to end; without it SIGTERM or SIGINT end it. */
  stopped?: Promise<void>;
}

/** `virtglass serve`: runs until it is told to stop. */
export async function serve(
  { flags }: Arguments,
  { listening = () => {}, stopped }: ServeOptions = {},
): Promise<void> {
  const config = await loadConfig(flags);
  // First of all: a folder that is refused gets no certificate and no lock either.
  demandKnownFolder(config.dataDir);
  using certificates = await openCertificates(config);
  using gate = new Gate(config);
  const asked = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<Services>();
  const open = () => {
    asked.resolve();
    return opened.promise;
  };
  const proxies = await Proxies.of(config.trustedProxies);
  using connections = new Connections(proxies, config.limitsConnectionsPerAddress);
  const names = new Names({
    listen: config.listen.hostname,
    allowed: config.allowedHosts,
    certified: () => certificates?.facts.names ?? [],
    addresses: () => connections.addresses(),
  });
  const front = new Front(config, { names, proxies, connections });
  const listener = new Listener(
    config.listen,
    certificates?.current ?? null,
    front.before(handler(gate, open, certificates)),
  );
  connections.at(listener.port);
  // What is behind the gate takes a while to be read: whoever asks for the gate alone goes first. Not
  // by `setTimeout`: what Deno reads at its first call takes as long as the page.
  await Promise.race([asked.promise, aborted(AbortSignal.timeout(SOON))]);
  // Until here there is nothing to end in order; from here on somebody may be told that it listens.
  const stop = stopped ?? stopSignal("SIGTERM", "SIGINT");
  await configureLog(config.logFormat, "info");
  frugalMalloc();
  connections.watch();
  await using services = await openServices(config, gate);
  gate.start();
  opened.resolve(services);
  // Whoever asks meanwhile waits, and is not refused.
  await services.firstAnswer;
  certificates?.announce();
  certificates?.watch((certificate) => listener.replace(certificate));
  const url = address(config, listener.port, certificates);
  log.info("virtglass {version} listens on {url}", { version: VERSION, url });
  listening(url);
  tellFirstRun(gate, listener.port, certificates);
  notify("READY=1");
  using _watchdog = startWatchdog();
  void after(SETTLED).then(dropStartPages);
  await stop;
  log.info("Stopping");
  notify("STOPPING=1");
  // Sockets first: the server's own end would close them without our reason.
  await services.sockets.stop(CLOSE_DEADLINE);
  // Connections that are kept alive would hold a graceful end up for ever.
  await Promise.race([listener.shutdown(), after(CLOSE_DEADLINE)]);
}

/** What is behind the gate, running. @throws LibvirtMissing */
async function openServices(config: Config, gate: Gate): Promise<Services> {
  preloadLibrary();
  const [{ Services }, { libvirtVersion }] = await Promise.all([
    import("@/services/mod.ts"),
    import("@/libvirt/mod.ts"),
  ]);
  await prepareFirstPage();
  // Without the library nothing would ever work; without the daemon everything may still come.
  libvirtVersion();
  const services = new Services(config, gate);
  services.start();
  return services;
}

function handler(
  gate: Gate,
  open: State["open"],
  certificates: Certificates | null,
): PeerHandler {
  const headers = securityHeaders({ lastingTLS: () => certificates?.facts.selfSigned === false });
  const app = new App<State>()
    .use(headers)
    .use((ctx) => {
      const { peer } = ctx.info as Parameters<PeerHandler>[1];
      ctx.state.gate = gate;
      ctx.state.open = open;
      ctx.state.session = null;
      ctx.state.peer = peer;
      ctx.state.address = peer.address;
      return ctx.next();
    })
    .use(firstRun)
    .use(staticFiles())
    .fsRoutes(manifest)
    .handler();
  return app;
}

/** By which a browser finds it. */
function address({ listen }: Config, port: number, certificates: Certificates | null): string {
  const name = isWildcard(listen.hostname) ? Deno.hostname() : listen.hostname;
  const host = name.includes(":") ? `[${name}]` : name;
  return `${certificates === null ? "http" : "https"}://${host}:${port}/`;
}

/** The code is for people: on the terminal, or in its file where the log goes elsewhere. */
function tellFirstRun(
  { firstRun }: Gate,
  port: number,
  certificates: Certificates | null,
): void {
  const page = `${certificates === null ? "http" : "https"}://127.0.0.1:${port}/setup`;
  firstRun.start((code, file) => {
    log.info("There is no admin yet: make one at {page} with the set-up code in {file}", {
      page,
      file,
    });
    if (Deno.stderr.isTerminal()) console.error(`\n  ${page}\n  set-up code: ${code}\n`);
  });
}

/** Resolves at the first of these signals, none of which ends the process any more. */
export async function stopSignal(...signals: Deno.Signal[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of signals) Deno.addSignalListener(signal, resolve);
  await promise;
}

async function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve());
  await promise;
}

/** A pause that does not keep the process alive. */
function after(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  Deno.unrefTimer(setTimeout(resolve, milliseconds));
  return promise;
}
