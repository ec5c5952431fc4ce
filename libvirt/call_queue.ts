/**
 * One libvirt connection as an async queue of one: never two calls in flight, since libvirt hangs (and
 * crashes) when a keepalive runs out under two. A call that passes its deadline cannot be cancelled: it is
 * abandoned, the connection counts as broken from then on, and is freed when the call comes back.
 */
import { Deadline } from "./deadline.ts";
import { captureErrors } from "./error_capture.ts";
import type { ErrorSlot } from "./error_capture.ts";
import { LaneBroken } from "./errors.ts";
import type { BreakReason, LibvirtError } from "./errors.ts";
import { settleEventLoop } from "./event_loop.ts";
import { countHandle } from "./handles.ts";
import { library } from "./library.ts";
import { callSlots } from "./slots.ts";
import type { Slots } from "./slots.ts";
import { guarded } from "./trampoline.ts";

/** What a C function answers; null and negative numbers say that it failed. */
type Result = number | Deno.PointerValue;

interface Call<R extends Result, T> {
  /** The C function, for errors. */
  operation: string;
  /** Calls it. The buffers it is given must be variables that this closure holds: C writes into them. */
  invoke: (connection: Deno.PointerObject) => Promise<R>;
  /** Copies the result out of C memory and frees it. Runs even when nobody waits any more. */
  take: (result: NonNullable<R>) => T;
  /** Which threads it may occupy. */
  slots?: Slots;
  /** Waits for a thread as long as it takes; otherwise its deadline counts from then on. */
  patient?: boolean;
}

interface Waiting {
  operation: string;
  reject: (error: Error) => void;
  perform: () => Promise<void>;
}

/** Something that lives on the connection and must be gone before it is closed. */
export interface Child {
  release(connection: Deno.PointerObject): void | Promise<void>;
}

/** virErrorDomain of the wire: errors that may mean that the connection is dead. */
const FROM_WIRE = new Set([7, /* VIR_FROM_RPC */ 13 /* VIR_FROM_REMOTE */]);

export class CallQueue {
  readonly uri: string;
  /** Errors of this connection that no call waits for are kept apart: see ErrorSlot.aside. */
  readonly errors: ErrorSlot;
  /** Resolves, once broken and freed, with what virConnectClose answered: 0 when nothing was leaked. */
  readonly closed: Promise<number>;
  readonly #connection: Deno.PointerObject;
  /** In ms, for each call; and what watches over it. */
  readonly #patience: number;
  readonly #deadline: Deadline;
  readonly #children = new Set<Child>();
  readonly #listeners: ((reason: BreakReason) => void)[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #afterCall: (() => void)[] = [];
  readonly #resolveClosed: (result: number) => void;
  readonly #releaseErrors: () => void;
  #current: Waiting | null = null;
  #broken: BreakReason | null = null;

  /** `deadline` in milliseconds, for each call. */
  constructor(uri: string, connection: Deno.PointerObject, deadline: number) {
    this.uri = uri;
    this.#connection = connection;
    this.#patience = deadline;
    this.#deadline = new Deadline(deadline, () => this.break("deadline"));
    const capture = captureErrors(connection);
    this.errors = capture.slot;
    this.#releaseErrors = capture.release;
    const closed = Promise.withResolvers<number>();
    this.closed = closed.promise;
    this.#resolveClosed = closed.resolve;
    countHandle("connections", 1);
  }

  /** Why it is broken, or null. */
  get broken(): BreakReason | null {
    return this.#broken;
  }

  /** Calls `listener` once when the connection breaks or is closed; at once if it already has. */
  onBreak(listener: (reason: BreakReason) => void): void {
    if (this.#broken !== null) listener(this.#broken);
    else this.#listeners.push(listener);
  }

  /** Waits for its turn, calls, and takes the result. Throws LibvirtError or LaneBroken. */
  call<R extends Result, T>(call: Call<R, T>): Promise<T> {
    if (this.#broken !== null) {
      return Promise.reject(new LaneBroken(this.#broken, call.operation));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        operation: call.operation,
        reject,
        perform: () => this.#perform(call, resolve, reject),
      });
      this.#next();
    });
  }

  /** Frees something as soon as no call can be using it. */
  whenIdle(free: () => void): void {
    if (this.#current === null) free();
    else this.#afterCall.push(free);
  }

  adopt(child: Child): void {
    this.#children.add(child);
  }

  forget(child: Child): void {
    this.#children.delete(child);
  }

  /** Ends the connection: everybody who waits gets LaneBroken, then it is freed in the background. */
  break(reason: BreakReason, cause?: Error): void {
    if (this.#broken !== null) return;
    this.#broken = reason;
    this.#deadline[Symbol.dispose]();
    const current = this.#current;
    for (const call of [...current === null ? [] : [current], ...this.#waiting.splice(0)]) {
      call.reject(new LaneBroken(reason, call.operation, { cause }));
    }
    for (const listener of this.#listeners.splice(0)) guarded(() => listener(reason));
    if (current === null) this.#free();
  }

  #next(): void {
    if (this.#current !== null || this.#broken !== null) return;
    const call = this.#waiting.shift();
    if (call === undefined) return;
    this.#current = call;
    call.perform().then(() => {
      this.#current = null;
      for (const free of this.#afterCall.splice(0)) free();
      if (this.#broken === null) this.#next();
      else this.#free();
    });
  }

  /** Settles the caller's promise and never throws. */
  async #perform<R extends Result, T>(
    call: Call<R, T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): Promise<void> {
    const slots = call.slots ?? callSlots;
    const patience = call.patient === true ? Infinity : this.#patience;
    if (!slots.tryTake() && !(await slots.take(patience))) return this.break("deadline");
    try {
      if (this.#broken !== null) return;
      this.#deadline.begin();
      this.errors.clear();
      const result = await call.invoke(this.#connection);
      if (result !== null && !(typeof result === "number" && result < 0)) {
        resolve(call.take(result as NonNullable<R>));
        return;
      }
      const error = this.errors.take(call.operation);
      if (await this.#died(error)) this.break("eof", error);
      else reject(error);
    } catch (error) {
      reject(error);
    } finally {
      slots.release();
      this.#deadline.end();
    }
  }

  /** A dead socket often fails a call before libvirt tells us that the connection is closed. */
  async #died(error: LibvirtError): Promise<boolean> {
    if (!FROM_WIRE.has(error.domain) || this.#broken !== null) return false;
    return await library().virConnectIsAlive(this.#connection) !== 1;
  }

  /** Runs with no call in flight: what lives on the connection first, the connection last. */
  async #free(): Promise<void> {
    await callSlots.take();
    try {
      for (const child of [...this.#children].reverse()) await child.release(this.#connection);
      await settleEventLoop();
      const result = await library().virConnectClose(this.#connection);
      this.#releaseErrors();
      countHandle("connections", -1);
      this.#resolveClosed(result);
    } finally {
      callSlots.release();
    }
  }
}
