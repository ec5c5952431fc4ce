import {
  Connection,
  ErrorCode,
  Lane,
  LaneBroken,
  LibvirtError,
  LibvirtMissing,
} from "@/libvirt/mod.ts";
import type { Connectivity } from "@/protocol/mod.ts";
import { GlassError } from "./errors.ts";
import { LanePool } from "./lane_pool.ts";

/**
 * Milliseconds for one call. Together the first two bound how long a frozen libvirtd goes unnoticed
 * while somebody watches.
 */
const DEADLINES = {
  quick: 4_000,
  stats: 6_000,
  /** libvirt itself waits 30 s for what else it does to the VM, and then says so. */
  command: 60_000,
  /** A start may read a saved memory back, or claim all that the guest will have. */
  start: 20 * 60_000,
};
const OPEN_DEADLINE = 10_000;
/** For what is typed as well: a guest that does not read for so long loses the line, and what waits. */
const CONSOLE_DEADLINE = 30_000;
/** Commands of a kind that can wait inside libvirt at once; more VMs than this queue for a lane. */
const COMMAND_LANES = 3;

/** Starts have lanes of their own: they may take minutes, for which nothing else should wait. */
export type CommandKind = "command" | "start";

/**
 * virtglass's connections to one libvirt: a lane for events and quick calls, one for statistics, a
 * small pool for commands, and one for starts. They break and heal independently; whether libvirt answers is what the
 * first one says.
 */
export class Hypervisor implements AsyncDisposable {
  readonly uri: string;
  /** Events and quick calls. */
  readonly quick: Lane;
  readonly stats: Lane;
  readonly #pools: Record<CommandKind, LanePool>;
  readonly #listeners = new Set<(connectivity: Connectivity) => void>();
  #connectivity: Connectivity = {
    connected: false,
    since: new Date().toISOString(),
    message: "Connecting to libvirt.",
  };

  constructor(uri: string, deadlines: Partial<typeof DEADLINES> = {}) {
    const { quick, stats, command, start } = { ...DEADLINES, ...deadlines };
    this.uri = uri;
    this.quick = new Lane(uri, { name: "quick", deadline: quick });
    // Without keepalive, whose timer wakes the event loop thrice a sample: each beat is a probe itself.
    this.stats = new Lane(uri, { name: "stats", deadline: stats, keepAlive: null });
    const pool = (kind: CommandKind, deadline: number) =>
      new LanePool(COMMAND_LANES, (number) => {
        const name = `${kind} ${number}`;
        return new Lane(uri, { name, deadline, openDeadline: OPEN_DEADLINE });
      });
    this.#pools = { command: pool("command", command), start: pool("start", start) };
    this.quick.onDown((error) => this.#set(false, explain(error, uri)));
    // Statistics wait for QEMU, so one stuck guest can break their lane: ask libvirtd itself.
    this.stats.onDown(() => void this.probe());
  }

  start(): void {
    this.quick.start();
    this.stats.start();
  }

  get connectivity(): Connectivity {
    return this.#connectivity;
  }

  /** To be called when the quick lane is up and everything has been listed. */
  setReady(): void {
    this.#set(true, null);
  }

  onConnectivity(listener: (connectivity: Connectivity) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /**
   * Runs a command on a free lane of its kind, or the first to be free. Throws as `call` does, and
   * GlassError TIMEOUT when libvirt is not done after a long time.
   */
  command<T>(
    use: (connection: Connection) => Promise<T>,
    kind: CommandKind = "command",
  ): Promise<T> {
    return this.#translated(() =>
      this.#pools[kind].run((connection) => use(connection).catch(demandPatience))
    );
  }

  /** A quick call. @throws GlassError LIBVIRT_UNAVAILABLE, LIBVIRT_ERROR or VM_NOT_FOUND */
  call<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#translated(() => this.quick.run(use));
  }

  /**
   * A connection for one console: a stalled stream then stalls nothing else. Without keepalive, which
   * would end it when libvirtd is frozen for a while: nothing is lost so. libvirtd has its own, and
   * ends what it could not read from for 30 s because a guest does not read.
   */
  openConsoleConnection(): Promise<Connection> {
    return this.#translated(() =>
      Connection.open(this.uri, {
        deadline: CONSOLE_DEADLINE,
        openDeadline: OPEN_DEADLINE,
        keepAlive: null,
      })
    );
  }

  /** Asks libvirt something now, so that a frozen daemon is noticed even when nothing else asks. */
  async probe(): Promise<Connectivity> {
    try {
      await this.quick.run((connection) => connection.libVersion());
      return this.#connectivity;
    } catch (error) {
      return { ...this.#connectivity, connected: false, message: explain(error, this.uri) };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([
      this.quick.close(),
      this.stats.close(),
      ...Object.values(this.#pools).map((pool) => pool[Symbol.asyncDispose]()),
    ]);
  }

  #set(connected: boolean, message: string | null): void {
    const before = this.#connectivity;
    if (before.connected === connected && before.message === message) return;
    // While it stays down only the reason changes, not since when.
    const since = before.connected === connected ? before.since : new Date().toISOString();
    this.#connectivity = { connected, since, message };
    for (const listener of this.#listeners) listener(this.#connectivity);
  }

  async #translated<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw translate(error, this.uri);
    }
  }
}

/** A libvirtd that is silent ends a lane by its keepalive: where a deadline does, libvirt is slow. */
function demandPatience(error: unknown): never {
  if (!(error instanceof LaneBroken && error.reason === "deadline")) throw error;
  throw new GlassError(
    "TIMEOUT",
    "libvirt is still busy with it, and may finish it yet. Look at the VM's state before you try again.",
    { cause: error },
  );
}

const DENIED: ReadonlySet<number> = new Set([
  ErrorCode.authFailed,
  ErrorCode.authCancelled,
  ErrorCode.authUnavailable,
]);

/** libvirt's errors in the words of ours. */
function translate(error: unknown, uri: string): unknown {
  if (error instanceof LaneBroken || error instanceof LibvirtMissing) {
    return new GlassError("LIBVIRT_UNAVAILABLE", explain(error, uri), { cause: error });
  }
  if (error instanceof LibvirtError) {
    const code = error.code === ErrorCode.noDomain ? "VM_NOT_FOUND" : "LIBVIRT_ERROR";
    return new GlassError(code, error.message, { cause: error });
  }
  return error;
}

/** What is wrong with the connection to libvirt, and what to do about it, in one or two sentences. */
export function explain(error: unknown, uri: string): string {
  if (error instanceof LibvirtMissing) return error.message;
  if (error instanceof LaneBroken) {
    // A lane that never came up carries why.
    if (error.cause instanceof Error) return explain(error.cause, uri);
    return error.reason === "deadline" || error.reason === "keepalive"
      ? `libvirt at ${uri} does not answer. Look at its state with: systemctl status libvirtd`
      : `The connection to libvirt at ${uri} was lost. Is libvirtd running? systemctl status libvirtd`;
  }
  if (!(error instanceof LibvirtError)) return `${error instanceof Error ? error.message : error}`;
  if (/permission denied/i.test(error.message) || DENIED.has(error.code)) {
    return `No permission to connect to libvirt at ${uri}. Add the user to the group "libvirt" (usermod -aG libvirt USER), sign in anew, and start virtglass again.`;
  }
  if (error.code === ErrorCode.systemError || error.code === ErrorCode.rpc) {
    return `Cannot connect to libvirt at ${uri}: ${error.message}. Is libvirtd running? systemctl start libvirtd`;
  }
  return `Cannot connect to libvirt at ${uri}: ${error.message}`;
}
