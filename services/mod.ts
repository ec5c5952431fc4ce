import { Audit } from "./audit/mod.ts";
import { Accounts } from "./identity/accounts.ts";
import { Commands } from "./commands/mod.ts";
import type { Config } from "./config/mod.ts";
import { Consoles } from "./consoles/mod.ts";
import { Events } from "./events.ts";
import { Exporter } from "./exporter/mod.ts";
import { trimMalloc } from "./frugal_malloc.ts";
import { HostService } from "./host.ts";
import { Hub } from "./hub.ts";
import { Hypervisor } from "./hypervisor.ts";
import { Limits } from "./limits/mod.ts";
import { SignIns } from "./limits/sign_ins.ts";
import { log } from "./log.ts";
import { Monitor } from "./monitor/mod.ts";
import { Recordings } from "./recordings/mod.ts";
import { FirstRun } from "./identity/first_run.ts";
import { type Session, Sessions } from "./identity/sessions.ts";
import { SocketRegistry } from "./sockets/registry.ts";
import { lockDataDir, Store } from "./store/mod.ts";
import { Tokens } from "./identity/tokens.ts";
import type { Peer } from "./network/front.ts";
import { Users } from "./identity/users.ts";
import { AddressBeat } from "./vms/addresses.ts";
import { VMs } from "./vms/mod.ts";

export type { Session } from "./identity/sessions.ts";
export type { Span } from "./monitor/mod.ts";

/** What every route and page gets as `ctx.state`. */
export interface State {
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

/** All of virtglass but its pages: made once, handed to every request. */
export class Services implements AsyncDisposable {
  readonly hub = new Hub();
  readonly hypervisor: Hypervisor;
  readonly vms: VMs;
  readonly events: Events;
  readonly host: HostService;
  readonly monitor: Monitor;
  readonly exporter: Exporter;
  readonly commands: Commands;
  readonly consoles: Consoles;
  readonly recordings: Recordings;
  readonly audit: Audit;
  readonly users: Users;
  readonly accounts: Accounts;
  readonly firstRun: FirstRun;
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly signIns: SignIns;
  readonly sockets: SocketRegistry;
  readonly #answered = Promise.withResolvers<void>();
  readonly #addresses: AddressBeat;
  readonly #store: Store;
  readonly #lock: Disposable;

  /** @throws GlassError when the data folder cannot be used */
  constructor(config: Config) {
    this.#lock = lockDataDir(config.dataDir);
    this.#store = new Store(config.dataDir);
    this.audit = new Audit(this.#store, config.dataDir, config.auditRetention);
    this.users = new Users(this.#store, this.audit);
    this.firstRun = new FirstRun(config.dataDir, this.users, this.audit);
    this.sessions = new Sessions(this.#store, this.users, new Tokens(config.dataDir), this.audit, {
      lifetime: config.sessionsLifetime,
      idle: config.sessionsIdle,
      queryToken: config.authQueryToken,
      // A look at the store costs a page a sixth of its time.
      patience: 50,
    });
    this.limits = new Limits(config);
    this.signIns = new SignIns(this.#store, this.audit);
    this.sockets = new SocketRegistry(this.sessions, this.limits, config.socketsHeartbeat);
    this.hypervisor = new Hypervisor(config.connect);
    this.vms = new VMs(this.hypervisor, this.hub, this.#store);
    this.accounts = new Accounts(this.users, this.vms, this.sessions.secondFactors);
    this.#addresses = new AddressBeat(this.vms, this.hub);
    this.events = new Events(this.hub, this.vms);
    this.host = new HostService(this.hypervisor, this.hub);
    this.monitor = new Monitor(this.hypervisor, this.vms, this.host, this.hub, this.#store);
    this.exporter = new Exporter(config.metricsAccess, this.vms, this.host, this.monitor);
    this.commands = new Commands(
      this.hypervisor,
      this.vms,
      this.events,
      this.#store,
      this.limits,
      this.users,
      this.audit,
      config.commandsTimeout,
    );
    this.consoles = new Consoles(this.hypervisor, this.vms, {
      linger: config.consoleLinger,
      scrollback: config.consoleScrollback,
      capture: config.consoleCapture === "always",
      throttle: (user, bytes) => this.limits.consoleInput(user, bytes),
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
      this.#store,
      this.audit,
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
    this.audit.start();
    this.hypervisor.start();
    this.monitor.start();
  }

  /**
   * In the order in which they stand on each other: commands, recordings, consoles, sampling, libvirt,
   * the audit log, files.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#answered.resolve();
    await this.commands[Symbol.asyncDispose]();
    await this.recordings[Symbol.asyncDispose]();
    await this.consoles[Symbol.asyncDispose]();
    // Together: a sample that hangs ends with its lane.
    await Promise.all([
      this.monitor[Symbol.asyncDispose](),
      this.hypervisor[Symbol.asyncDispose](),
    ]);
    this.#addresses[Symbol.dispose]();
    this.vms[Symbol.dispose]();
    this.audit[Symbol.dispose]();
    this.firstRun[Symbol.dispose]();
    this.#store[Symbol.dispose]();
    this.#lock[Symbol.dispose]();
  }
}
