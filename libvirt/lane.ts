/** A connection that heals itself: whenever it breaks, another one is opened, for ever. */
import { Backoff } from "./backoff.ts";
import type { BackoffLimits } from "./backoff.ts";
import { Connection } from "./connection.ts";
import type { ConnectionOptions } from "./connection.ts";
import { LaneBroken } from "./errors.ts";
import type { BreakReason } from "./errors.ts";
import { guarded } from "./trampoline.ts";

export interface LaneOptions extends ConnectionOptions {
  /** For messages: what the lane is for. */
  name?: string;
  /** Between two attempts to connect. Default 200 to 10,000 ms. */
  backoff?: BackoffLimits;
}

export interface LaneState {
  up: boolean;
  /** Since when, as Date.now(). */
  since: number;
  /** Why it is down; null while it is up, and before the first attempt has ended. */
  error: Error | null;
}

const BACKOFF: BackoffLimits = { min: 200, max: 10_000 };
/** Milliseconds that `close` waits for a connection on which a call hangs. */
const CLOSE_PATIENCE = 1_000;

export class Lane implements AsyncDisposable {
  readonly uri: string;
  readonly name: string;
  readonly #options: LaneOptions;
  readonly #backoff: Backoff;
  /** A connection that lived this long was a good one: the next wait is a short one. */
  readonly #settled: number;
  readonly #upListeners: ((connection: Connection) => void | Promise<void>)[] = [];
  readonly #downListeners: ((error: Error) => void)[] = [];
  readonly #ready = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  #connection: Connection | null = null;
  #state: LaneState = { up: false, since: Date.now(), error: null };
  #running: Promise<void> | undefined;

  constructor(uri: string, options: LaneOptions = {}) {
    const limits = options.backoff ?? BACKOFF;
    this.uri = uri;
    this.name = options.name ?? uri;
    this.#options = options;
    this.#backoff = new Backoff(limits);
    this.#settled = limits.max;
    // Who asks hears of a failure; it is no crash when nobody asks.
    this.#ready.promise.catch(() => {});
  }

  /** Starts connecting, in the background. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Resolves when the first attempt succeeds, rejects when it fails; the lane goes on trying. */
  ready(): Promise<void> {
    return this.#ready.promise;
  }

  get state(): LaneState {
    return this.#state;
  }

  /**
   * Listens for new connections. The lane counts as up when all listeners are done; one that throws makes
   * the attempt a failure. What it registers on the connection ends with the connection.
   */
  onUp(listener: (connection: Connection) => void | Promise<void>): void {
    this.#upListeners.push(listener);
  }

  /** Listens for the end of a connection that was up, and for attempts that fail. */
  onDown(listener: (error: Error) => void): void {
    this.#downListeners.push(listener);
  }

  /** Uses the connection. Rejects with LaneBroken at once while the lane is down. */
  async run<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = this.#connection;
    if (this.#state.up && connection !== null) return await use(connection);
    const { error } = this.#state;
    throw error instanceof LaneBroken
      ? error
      : new LaneBroken("error", this.name, { cause: error });
  }

  /**
   * Closes it for good. What hangs in a daemon that does not answer is waited for a second at most, and
   * freed when it comes back.
   */
  async close(): Promise<void> {
    this.#closing.abort();
    const patience = new AbortController();
    await Promise.race([
      Promise.all([this.#connection?.close(), this.#running]),
      pause(CLOSE_PATIENCE, patience.signal),
    ]);
    patience.abort();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const attempted = performance.now();
      try {
        await this.#live();
      } catch (error) {
        this.#down(error instanceof Error ? error : new Error(String(error)));
      }
      // An attempt that hung until its deadline has been a long enough wait already.
      await pause(attempted + this.#backoff.next() - performance.now(), signal);
    }
    this.#down(new LaneBroken("closed", this.name));
  }

  /** The life of one connection; throws what ended it. */
  async #live(): Promise<never> {
    const connection = await Connection.open(this.uri, this.#options);
    const ended = Promise.withResolvers<BreakReason>();
    connection.onClose(ended.resolve);
    try {
      if (this.#closing.signal.aborted) throw new LaneBroken("closed", this.name);
      this.#connection = connection;
      for (const listener of this.#upListeners) await listener(connection);
      if (connection.broken) throw new LaneBroken(await ended.promise, this.name);
      this.#state = { up: true, since: Date.now(), error: null };
      // Not by the time of day, which may be set meanwhile.
      const up = performance.now();
      this.#ready.resolve();
      const reason = await ended.promise;
      if (performance.now() - up >= this.#settled) this.#backoff.reset();
      throw new LaneBroken(reason, this.name);
    } finally {
      this.#connection = null;
      const closed = connection.close();
      if (this.#closing.signal.aborted) await closed;
    }
  }

  #down(error: Error): void {
    const since = this.#state.up || this.#state.error === null ? Date.now() : this.#state.since;
    this.#state = { up: false, since, error };
    this.#ready.reject(error);
    if (this.#closing.signal.aborted) return;
    for (const listener of this.#downListeners) guarded(() => listener(error));
  }
}

/** Waits `ms` milliseconds, or until the signal says to go on. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || ms <= 0) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
