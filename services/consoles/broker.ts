import { ErrorCode, LibvirtError } from "@/libvirt/mod.ts";
import type { EofReason } from "@/protocol/mod.ts";
import { asGlassError, GlassError } from "../errors.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { log } from "../log.ts";
import { isActive, type VMRecord } from "../vms/mod.ts";
import { Audience } from "./audience.ts";
import type { Position } from "./cursor.ts";
import type { Gate, Typist } from "./input.ts";
import { Line } from "./line.ts";
import type { LoggedStream } from "./stream_log.ts";
import type { ConsoleTap } from "./tap.ts";
import type { Size, Viewer } from "./viewer.ts";

/** Milliseconds until a console that something else holds is tried again: nothing announces it. */
const RETRY = 3_000;

/** What a broker asks of its surroundings. */
export interface BrokerOptions {
  /** Bytes of scrollback. */
  scrollback: number;
  /** Whether it is kept attached though nobody looks. */
  capture: boolean;
  /** Milliseconds that so much input of this user has to wait for its turn. */
  throttle: (user: string, bytes: number) => Promise<number> | number;
}

/**
 * One VM's console: a single libvirt stream, however many viewers. It is opened for whoever looks or
 * listens, and opened again when the guest starts anew.
 */
export class ConsoleBroker implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #record: VMRecord;
  readonly #options: BrokerOptions;
  readonly #audience: Audience;
  readonly #taps = new Set<ConsoleTap>();
  #line: Line | null = null;
  /** The opening or closing under way: they never overlap, for libvirt gives one stream a VM. */
  #turn: Promise<void>;
  /** Whether an opening waits for its turn; and who waits to take the console over. */
  #opening = false;
  readonly #takers = new Map<Viewer, (refusal: GlassError | null) => void>();
  /** A line of ours that hung when it was closed, and may hold the console still. */
  #remains: Line | null = null;
  #refusal: GlassError | null = null;
  #closed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Resolves when the guest is no longer paused. */
  #unpaused = Promise.withResolvers<void>();

  /** @param after the end of an earlier broker of this VM, which has to come first */
  constructor(
    hypervisor: Hypervisor,
    record: VMRecord,
    options: BrokerOptions,
    after: Promise<void>,
  ) {
    this.#hypervisor = hypervisor;
    this.#record = record;
    this.#options = options;
    this.#audience = new Audience(options.scrollback);
    this.#turn = after;
  }

  get viewers(): number {
    return this.#audience.count;
  }

  /** Whether anybody looks or listens. */
  get wanted(): boolean {
    return this.#audience.count > 0 || this.#taps.size > 0;
  }

  /** Of the terminal that answers the guest, as far as it was told. */
  get size(): Size | null {
    return this.#audience.size;
  }

  setRecording(recording: boolean): void {
    this.#audience.setRecording(recording);
  }

  /** Tells every viewer who is there, and what each may do. */
  announce(): void {
    this.#audience.announce();
  }

  /** Adds a viewer, who first gets what it missed, or all that is remembered. */
  add(viewer: Viewer, from: Position | null): void {
    this.#audience.add(viewer, from);
    if (this.#refusal && !this.#line) viewer.refused(this.#refusal);
    this.open();
  }

  remove(viewer: Viewer): void {
    this.#audience.remove(viewer);
  }

  tap(tap: ConsoleTap): Disposable {
    this.#taps.add(tap);
    this.open();
    return { [Symbol.dispose]: () => void this.#taps.delete(tap) };
  }

  resized(viewer: Viewer, size: Size): void {
    this.#audience.resized(viewer, size);
  }

  /** @throws GlassError when nothing can be typed now, or too much is waiting already */
  write(typist: Typist, bytes: Uint8Array): void {
    if (!this.#line) {
      throw this.#refusal ??
        new GlassError("CONSOLE_UNAVAILABLE", `The console of ${this.#vm} is not attached yet.`);
    }
    if (this.#line.input.write(typist, bytes)) return;
    throw new GlassError(
      "CONSOLE_STALLED",
      `The guest of ${this.#vm} does not read its console and too much input waits already: none of these ${bytes.length} bytes was taken.`,
    );
  }

  /** Opens the stream unless it is open, or the guest is off. */
  open(): void {
    // One for all who ask: while libvirt is frozen each would wait for as long as the one before.
    if (this.#opening) return;
    this.#opening = true;
    this.#inTurn(async () => {
      this.#opening = false;
      if (!this.#line) await this.#attach(false);
    });
  }

  /**
   * Opens it even when something else holds the console, which thereby loses it, and calls `ended`
   * with null then. Where that fails the viewer is told why, and so is `ended`; what is open already
   * stays as it is. A viewer that asks again meanwhile gets nothing more by it.
   */
  takeOver(viewer: Viewer, ended: (refusal: GlassError | null) => void): void {
    this.#takers.set(viewer, ended);
    // One attempt for all who ask until it has ended.
    if (this.#takers.size === 1) this.#inTurn(() => this.#takeOver());
  }

  /** Looks at the VM's state again. */
  stateChanged(): void {
    if (this.#record.state.status !== "paused") {
      this.#unpaused.resolve();
      this.#unpaused = Promise.withResolvers();
    }
    if (this.#lives) this.open();
  }

  /** Makes sure that the stream still stands after libvirt was away. */
  verify(): void {
    this.#inTurn(async () => {
      await this.#line?.verify();
    });
    this.open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#audience[Symbol.dispose]();
    this.#unpaused.resolve();
    this.#inTurn(() => this.#detach());
    await this.#turn;
  }

  get #vm(): string {
    return `VM "${this.#record.name}"`;
  }

  get #isActive(): boolean {
    return isActive(this.#record.state.status);
  }

  /** Whether a console that ended may be had again: a guest that shuts down has said its last word. */
  get #lives(): boolean {
    return this.#isActive && this.#record.state.status !== "shutdown";
  }

  #inTurn(step: () => Promise<void>): void {
    // Whatever goes wrong is that step's alone: the next one has its turn.
    this.#turn = this.#turn.then(step).catch((error) =>
      log.error("The console of VM {vm} failed: {error}", { vm: this.#record.name, error })
    );
  }

  async #attach(force: boolean): Promise<void> {
    if (this.#closed) return;
    if (!this.#isActive) {
      this.#refuse(notRunning(this.#record));
      return;
    }
    let stream: LoggedStream | null = null;
    const early: { end: EofReason | null } = { end: null };
    // Bytes, and its end, may come before the stream is handed over; an attempt that fails is none.
    const begun = () => stream ??= this.#audience.begin();
    try {
      const mine = this.#remains?.hangs ?? false;
      this.#line = await Line.open(this.#hypervisor, this.#record.uuid, force || mine, this.#gate, {
        onData: (bytes) => {
          begun();
          this.#audience.receive(bytes);
          for (const tap of this.#taps) tap.output(bytes);
        },
        onEnd: (reason) => {
          if (this.#line && stream) this.#ended(stream, reason);
          else early.end = reason;
        },
      });
      this.#remains = null;
      this.#refusal = null;
      const opened = begun();
      this.#audience.serve();
      if (early.end !== null) this.#ended(opened, early.end);
    } catch (error) {
      if (stream) this.#audience.finish(stream, "lost");
      // Who takes it over waits for an answer.
      if (force || !isEarly(error)) this.#refuse(explain(error, this.#record));
      this.#retryLater();
    }
  }

  async #takeOver(): Promise<void> {
    const wasOpen = this.#line !== null;
    if (!wasOpen) await this.#attach(true);
    const takers = [...this.#takers];
    this.#takers.clear();
    if (wasOpen) return;
    if (this.#line) return takers[0]![1](null);
    if (!this.#refusal) return;
    for (const [viewer, ended] of takers) {
      viewer.refused(this.#refusal);
      ended(this.#refusal);
    }
  }

  async #detach(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    await line?.close();
    if (line?.hangs) this.#remains = line;
  }

  #ended(stream: LoggedStream, reason: EofReason): void {
    this.#audience.finish(stream, reason);
    for (const tap of this.#taps) tap.ended(reason);
    this.#inTurn(() => this.#detach());
    // Nothing announces that a stream which was taken or broke can be had again; and a guest's start
    // may have been announced before the end of its last stream was.
    this.#retryLater();
  }

  /** Input waits here while the guest is paused, since it would clog the whole connection. */
  readonly #gate: Gate = {
    pass: async (typist, bytes) => {
      while (this.#record.state.status === "paused" && !this.#closed) {
        await this.#unpaused.promise;
      }
      for (let wait = 1; wait > 0;) {
        wait = await this.#options.throttle(typist.user, bytes);
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      }
      // Who typed it may have been signed out, or demoted, while it waited here or in the queue.
      return typist.mayType();
    },
    passed: (bytes) => {
      for (const tap of this.#taps) tap.input(bytes);
    },
  };

  #retryLater(): void {
    clearTimeout(this.#retry);
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      if (this.#lives && (this.wanted || this.#options.capture)) this.open();
    }, RETRY);
  }

  #refuse(error: GlassError): void {
    // Said once, however often it is tried again.
    if (this.#refusal?.message === error.message) return;
    this.#refusal = error;
    this.#audience.refused(error);
  }
}

/** Whether the guest is just being started, and has a console in a moment: nothing is wrong then. */
const isEarly = (error: unknown) =>
  error instanceof Error && /PTY device is not yet assigned/.test(error.message);

function notRunning({ name }: VMRecord, options?: ErrorOptions): GlassError {
  return new GlassError("VM_NOT_RUNNING", `VM "${name}" is not running.`, options);
}

function explain(error: unknown, record: VMRecord): GlassError {
  const failure = asGlassError(error);
  const cause = error instanceof Error ? error.message : "";
  if (/active console session/i.test(cause)) {
    return new GlassError(
      "CONSOLE_BUSY",
      `Something else holds the console of VM "${record.name}" (virsh console, perhaps). Close it there, or take it over.`,
      { cause: error },
    );
  }
  if (error instanceof LibvirtError && error.code === ErrorCode.operationInvalid) {
    return notRunning(record, { cause: error });
  }
  if (failure.code === "LIBVIRT_UNAVAILABLE" || failure.code === "VM_NOT_FOUND") return failure;
  return new GlassError(
    "CONSOLE_UNAVAILABLE",
    `Cannot open the console of VM "${record.name}": ${cause || failure.message}`,
    { cause: error },
  );
}
