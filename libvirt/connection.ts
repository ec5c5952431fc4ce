/** One connection to libvirt. https://libvirt.org/html/libvirt-libvirt-host.html#virConnectOpen */
import { CallQueue } from "./call_queue.ts";
import { watchClose } from "./close_callback.ts";
import { Domain } from "./domain.ts";
import { ErrorCode, LibvirtError } from "./errors.ts";
import type { BreakReason } from "./errors.ts";
import { DomainEvents } from "./events.ts";
import type { DomainEventListener } from "./event_callbacks.ts";
import { forgotten } from "./handles.ts";
import * as host from "./host.ts";
import type { NodeCpuStats, NodeInfo, NodeMemoryStats } from "./host.ts";
import { library } from "./library.ts";
import { cString, OutPointer, takePointers } from "./memory.ts";
import { openPointer } from "./opener.ts";
import type { DomainStats } from "./domain_stats.ts";
import { domainStats } from "./stats.ts";
import type { StatsGroup } from "./stats.ts";
import { storagePools } from "./storage_pools.ts";

export interface ConnectionOptions {
  /** Milliseconds that a call may take before the connection counts as broken. Default 10,000. */
  deadline?: number;
  /** Milliseconds that opening may take. Default: the same. */
  openDeadline?: number;
  /** Opens it for looking only. Default false. */
  readOnly?: boolean;
  /**
   * Seconds between two probes of the daemon, and how many may go unanswered before it counts as dead.
   * Default 5 and 3: after 20 s. Null for none: only a closed socket then tells that it is gone.
   */
  keepAlive?: { interval: number; count: number } | null;
}

/** virConnectListAllDomainsFlags */
const traits = { persistent: 4, autostart: 1024 } as const;
export type DomainTrait = keyof typeof traits;

const DEADLINE = 10_000;
const KEEPALIVE = { interval: 5, count: 3 };

/**
 * A connection, with one call in flight at a time: calls wait for their turn. Each throws LibvirtError
 * when libvirt says no, and LaneBroken when the connection is no more. Once broken it stays so; a Lane
 * opens a new one.
 */
export class Connection implements AsyncDisposable {
  readonly uri: string;
  readonly #queue: CallQueue;
  readonly #events: DomainEvents;

  private constructor(queue: CallQueue) {
    this.uri = queue.uri;
    this.#queue = queue;
    this.#events = new DomainEvents(queue);
    forgotten.register(this, `connection ${queue.uri}`, queue);
    // One that is broken or closed is on its way to be freed, whoever holds it.
    queue.onBreak(() => forgotten.unregister(queue));
  }

  /** Opens `uri`. Throws LibvirtMissing, LibvirtError, or LaneBroken with reason `deadline`. */
  static async open(uri: string, options: ConnectionOptions = {}): Promise<Connection> {
    const deadline = options.deadline ?? DEADLINE;
    const openDeadline = options.openDeadline ?? deadline;
    const pointer = await openPointer(uri, options.readOnly ?? false, openDeadline);
    const queue = new CallQueue(uri, pointer, deadline);
    try {
      await watchClose(queue);
      const probes = options.keepAlive === undefined ? KEEPALIVE : options.keepAlive;
      if (probes) await host.supported(keepAlive(queue, probes));
    } catch (error) {
      queue.break("closed");
      throw error;
    }
    return new Connection(queue);
  }

  /** True once the connection is broken or closed; it stays so. */
  get broken(): boolean {
    return this.#queue.broken !== null;
  }

  /** Calls the listener exactly once, when the connection ends, whatever the reason. */
  onClose(listener: (reason: BreakReason) => void): void {
    this.#queue.onBreak(listener);
  }

  /**
   * Ends it: calls that wait get LaneBroken, what lives on it is freed. Resolves with what virConnectClose
   * answered, 0 when nothing was leaked; while a call hangs that takes until the call comes back.
   */
  close(): Promise<number> {
    this.#queue.break("closed");
    return this.#queue.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The daemon's libvirt, as "9.0.0". */
  libVersion(): Promise<string> {
    return host.version(this.#queue, "virConnectGetLibVersion");
  }

  /** The hypervisor's version, as "7.2.0"; null when it does not say. */
  version(): Promise<string | null> {
    return host.supported(host.version(this.#queue, "virConnectGetVersion"));
  }

  /** The driver: "QEMU", "TEST". */
  type(): Promise<string> {
    return host.type(this.#queue);
  }

  hostname(): Promise<string> {
    return host.text(this.#queue, "virConnectGetHostname");
  }

  /** XML about what the host can do. */
  capabilities(): Promise<string> {
    return host.text(this.#queue, "virConnectGetCapabilities");
  }

  nodeInfo(): Promise<NodeInfo> {
    return host.nodeInfo(this.#queue);
  }

  /** Null when the driver has none. */
  nodeCpuStats(): Promise<NodeCpuStats | null> {
    return host.nodeCpuStats(this.#queue);
  }

  /** Null when the driver has none. */
  nodeMemoryStats(): Promise<NodeMemoryStats | null> {
    return host.nodeMemoryStats(this.#queue);
  }

  /** XML of all active storage pools. Null when the driver has none. */
  storagePools(): Promise<string[] | null> {
    return host.supported(storagePools(this.#queue));
  }

  /**
   * All domains, running or not, or only those with a trait. Dispose of each.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectListAllDomains
   */
  domains(only?: DomainTrait): Promise<Domain[]> {
    const list = new OutPointer();
    const flags = only === undefined ? 0 : traits[only];
    return this.#queue.call({
      operation: "virConnectListAllDomains",
      invoke: (connection) => library().virConnectListAllDomains(connection, list.buffer, flags),
      take: (count) =>
        takePointers(list.value, count).map((pointer) => new Domain(this.#queue, pointer)),
    });
  }

  /**
   * Throws LibvirtError with code `noDomain` when there is none.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainLookupByName
   */
  async domainByName(name: string): Promise<Domain> {
    return await this.#lookup("virDomainLookupByName", name);
  }

  /**
   * Throws LibvirtError with code `noDomain` when there is none.
   * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainLookupByUUIDString
   */
  async domainByUUID(uuid: string): Promise<Domain> {
    return await this.#lookup("virDomainLookupByUUIDString", uuid);
  }

  #lookup(
    operation: "virDomainLookupByName" | "virDomainLookupByUUIDString",
    key: string,
  ): Promise<Domain> {
    if (key.includes("\0")) {
      const message = `Domain not found: no domain can be called ${JSON.stringify(key)}`;
      throw new LibvirtError(operation, { code: ErrorCode.noDomain, domain: 0, level: 2, message });
    }
    const text = cString(key, operation);
    return this.#queue.call({
      operation,
      invoke: (connection) => library()[operation](connection, text),
      take: (pointer) => new Domain(this.#queue, pointer),
    });
  }

  /**
   * Statistics of all domains, or of some of this connection's. A domain that is busy reports what it can
   * without waiting. https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectGetAllDomainStats
   */
  stats(groups: readonly StatsGroup[], domains?: readonly Domain[]): Promise<DomainStats[]> {
    return domainStats(this.#queue, groups, domains);
  }

  /** Tells the listener of everything that happens to any domain, until the connection ends. */
  onDomainEvent(listener: DomainEventListener): Promise<void> {
    return this.#events.on(listener);
  }
}

/** https://libvirt.org/html/libvirt-libvirt-host.html#virConnectSetKeepAlive */
function keepAlive(
  queue: CallQueue,
  { interval, count }: { interval: number; count: number },
): Promise<void> {
  return queue.call({
    operation: "virConnectSetKeepAlive",
    invoke: (connection) => library().virConnectSetKeepAlive(connection, interval, count),
    take: () => undefined,
  });
}
