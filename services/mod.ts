import { Commands } from "./commands/mod.ts";
import type { Config } from "./config/mod.ts";
import { Consoles } from "./consoles/mod.ts";
import { Events } from "./events.ts";
import { Exporter } from "./exporter/mod.ts";
import { trimMalloc } from "./frugal_malloc.ts";
import type { Gate } from "./gate.ts";
import { HostService } from "./host.ts";
import { Hub } from "./hub.ts";
import { Hypervisor } from "./hypervisor.ts";
import { Accounts } from "./identity/accounts.ts";
import type { Session } from "./identity/sessions.ts";
import { Keyboards } from "./keyboards.ts";
import { log } from "./log.ts";
import { Monitor } from "./monitor/mod.ts";
import type { Peer } from "./network/front.ts";
import { Recordings } from "./recordings/mod.ts";
import { SocketRegistry } from "./sockets/registry.ts";
import { AddressBeat } from "./vms/addresses.ts";
import { VMs } from "./vms/mod.ts";

export type { Session } from "./identity/sessions.ts";
export type { Span } from "./monitor/mod.ts";

/** What every route and page gets as `ctx.state`. */
export interface State {
  gate: Gate;
  /** Resolves with what is behind the gate. */
  open: () => Promise<Services>;
  /** That, where something else than the gate answers. Set by routes/_middleware.ts. */
  services: Services;
  /** Who asks; null on what is open to everyone. Set by routes/_middleware.ts. */
  session: Session | null;
  /** The IP address that the request comes from. Set by the server for every request. */
  address: string;
  /** Who asks, as the network has it. Set by the server for every request. */
  peer: Peer;
}

/** Milliseconds that requests wait for libvirt's first answer. */
const FIRST_ANSWER = 2_000;

/** What virtglass has behind its gate, but for its pages: made once, handed to every request. */
export class Services implements AsyncDisposable {
  readonly gate: Gate;
  readonly hub = new Hub();
  readonly hypervisor: Hypervisor;
  readonly vms: VMs;
  readonly events: Events;
  readonly host: HostService;
  readonly monitor: Monitor;
  readonly exporter: Exporter;
  readonly commands: Commands;
  readonly keyboards: Keyboards;
  readonly consoles: Consoles;
  readonly recordings: Recordings;
  readonly accounts: Accounts;
  readonly sockets: SocketRegistry;
  readonly #answered = Promise.withResolvers<void>();
  readonly #addresses: AddressBeat;

  constructor(config: Config, gate: Gate) {
    const { store, audit, users, sessions, limits } = this.gate = gate;
    this.sockets = new SocketRegistry(sessions, limits, config.socketsHeartbeat);
    this.hypervisor = new Hypervisor(config.connect);
    this.vms = new VMs(this.hypervisor, this.hub, store);
    this.accounts = new Accounts(users, this.vms, sessions);
    this.#addresses = new AddressBeat(this.vms, this.hub);
    this.events = new Events(this.hub, this.vms, store);
    this.host = new HostService(this.hypervisor, this.hub);
    this.monitor = new Monitor(this.hypervisor, this.vms, this.host, this.hub, store);
    this.exporter = new Exporter(config.metricsAccess, this.vms, this.host, this.monitor);
    this.commands = new Commands(
      this.hypervisor,
      this.vms,
      this.events,
      store,
      limits,
      users,
      audit,
      config.commandsTimeout,
    );
    this.keyboards = new Keyboards(this.hypervisor, this.vms, limits, audit);
    this.consoles = new Consoles(this.hypervisor, this.vms, {
      linger: config.consoleLinger,
      scrollback: config.consoleScrollback,
      capture: config.consoleCapture === "always",
      throttle: (user, bytes) => limits.consoleInput(user, bytes),
      note: (action, user, record) => void this.events.noteConsole(action, user, record),
    });
    this.recordings = new Recordings(
      {
        folder: `${config.dataDir}/recordings`,
        automatic: config.recordingsAuto === "all",
        input: config.recordingsInput,
        maxSize: config.recordingsMaxSize,
        maxAge: config.recordingsMaxAge,
        maxTotal: config.recordingsMaxTotal,
      },
      this.vms,
      this.consoles,
      store,
      limits,
      audit,
    );
    this.hypervisor.quick.onUp(async (connection) => {
      // Events first: what changes while everything is being listed is then announced.
      await this.events.listen(connection);
      await this.host.identify(connection);
      await this.vms.relist(connection);
      trimMalloc();
      this.hypervisor.setReady();
      this.monitor.wake();
    });
    this.hypervisor.onConnectivity(({ connected, message }) => {
      this.#answered.resolve();
      if (connected) log.info("Connected to libvirt at {uri}", { uri: config.connect });
      else log.warn("{message}", { message });
    });
  }

  /** Resolves when libvirt has answered, or has not for a while: pages with VMs are better. */
  get firstAnswer(): Promise<void> {
    return this.#answered.promise;
  }

  start(): void {
    const patience = setTimeout(this.#answered.resolve, FIRST_ANSWER);
    void this.firstAnswer.then(() => clearTimeout(patience));
    this.hypervisor.start();
    this.monitor.start();
  }

  /** In the order in which they stand on each other: commands, recordings, consoles, sampling, libvirt. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#answered.resolve();
    await this.commands[Symbol.asyncDispose]();
    await this.recordings[Symbol.asyncDispose]();
    await this.consoles[Symbol.asyncDispose]();
    // Together: a sample that hangs ends with its lane.
    await Promise.all([
      this.monitor[Symbol.asyncDispose](),
      this.host[Symbol.asyncDispose](),
      this.hypervisor[Symbol.asyncDispose](),
    ]);
    this.#addresses[Symbol.dispose]();
    this.vms[Symbol.dispose]();
    this.events[Symbol.dispose]();
  }
}
