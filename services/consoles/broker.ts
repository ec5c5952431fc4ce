import type { EofReason } from "@/protocol.ts";
import { asGlassError, GlassError } from "../errors.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { isActive, type VMRecord } from "../vms/mod.ts";
import { Chunk } from "./chunk.ts";
import { Cursor, type Position } from "./cursor.ts";
import type { Gate, Typist } from "./input.ts";
import { Line } from "./line.ts";
import { Attendance } from "./presence.ts";
import { type LoggedStream, StreamLog } from "./stream_log.ts";
import type { ConsoleTap } from "./tap.ts";
import type { Attachment, Presence, Viewer } from "./viewer.ts";

/** Milliseconds until a console that something else holds is tried again: nothing announces it. */
const RETRY = 3_000;
/** Milliseconds between two looks at viewers that were not ready: nothing announces that either. */
const CATCH_UP = 20;
/** Bytes that arrive at once before viewers get some of them; until then draining comes first. */
const BURST = 256 * 1024;
/**
 * Milliseconds from one serving to the next, and how many more for each viewer. A serial port gives
 * byte after byte, and a message a byte for everybody costs more than this machine has; what comes
 * after a pause, such as an echo, is served at once all the same.
 */
const PACE = 2;
const PACE_PER_VIEWER = 0.2;

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
 * listens, and opened again when the guest starts anew; what it said stays in its log.
 */
export class ConsoleBroker implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #record: VMRecord;
  readonly #options: BrokerOptions;
  readonly #log: StreamLog;
  readonly #attendance = new Attendance();
  readonly #cursors = new Map<Viewer, Cursor>();
  readonly #behind = new Set<Cursor>();
  readonly #taps = new Set<ConsoleTap>();
  #line: Line | null = null;
  /** The opening or closing under way: they never overlap, for libvirt gives one stream a VM. */
  #turn: Promise<void> = Promise.resolve();
  #refusal: GlassError | null = null;
  #size: { columns: number; rows: number } | null = null;
  #closed = false;
  /** How far viewers that keep up have been served. */
  #served = 0;
  #servedAt = -Infinity;
  #serving = false;
  #pace: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #catchUp: ReturnType<typeof setInterval> | undefined;
  /** Resolves when the guest is no longer paused. */
  #unpaused = Promise.withResolvers<void>();

  constructor(hypervisor: Hypervisor, record: VMRecord, options: BrokerOptions) {
    this.#hypervisor = hypervisor;
    this.#record = record;
    this.#options = options;
    this.#log = new StreamLog(options.scrollback);
  }

  get viewers(): number {
    return this.#attendance.size;
  }

  /** Whether anybody looks or listens. */
  get wanted(): boolean {
    return this.#attendance.size > 0 || this.#taps.size > 0;
  }

  get presence(): Presence {
    return this.#attendance.presence();
  }

  /** Of the terminal that answers the guest, as far as it was told. */
  get size(): { columns: number; rows: number } | null {
    return this.#size;
  }

  setRecording(recording: boolean): void {
    this.#attendance.recording = recording;
    this.announce();
  }

  /** Tells every viewer who is there, and what each may do. */
  announce(): void {
    this.#attendance.announce();
  }

  /** Adds a viewer, who first gets what it missed, or all that is remembered. */
  add(viewer: Viewer, from: Position | null): void {
    const id = this.#attendance.add(viewer);
    const attached = (attachment: Attachment) => viewer.attached(attachment, id, this.presence);
    const cursor = new Cursor(this.#log, viewer, attached, from);
    this.#cursors.set(viewer, cursor);
    this.#pump(cursor);
    if (this.#refusal && !this.#line) viewer.refused(this.#refusal);
    this.announce();
    this.open();
  }

  remove(viewer: Viewer): void {
    const cursor = this.#cursors.get(viewer);
    if (!cursor) return;
    this.#cursors.delete(viewer);
    this.#behind.delete(cursor);
    this.#attendance.remove(viewer);
    this.announce();
  }

  tap(tap: ConsoleTap): Disposable {
    this.#taps.add(tap);
    this.open();
    return { [Symbol.dispose]: () => void this.#taps.delete(tap) };
  }

  /** Passes the size of the responder's terminal on to the others; anybody else's is not asked for. */
  resized(viewer: Viewer, columns: number, rows: number): void {
    if (viewer !== this.#attendance.responder) return;
    this.#size = { columns, rows };
    for (const other of this.#cursors.keys()) if (other !== viewer) other.resized(columns, rows);
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

  /** Opens the stream unless it is open, the guest is off, or nobody is there. */
  open(): void {
    this.#inTurn(() => this.#attach(false));
  }

  /** Opens it even when something else holds the console, which thereby loses it. */
  takeOver(): void {
    this.#inTurn(() => this.#attach(true));
  }

  /** Looks at the VM's state again. */
  stateChanged(): void {
    if (this.#record.state.status !== "paused") {
      this.#unpaused.resolve();
      this.#unpaused = Promise.withResolvers();
    }
    if (isActive(this.#record.state.status)) this.open();
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
    clearTimeout(this.#pace);
    clearInterval(this.#catchUp);
    this.#unpaused.resolve();
    this.#inTurn(() => this.#detach());
    await this.#turn;
  }

  get #vm(): string {
    return `VM "${this.#record.name}"`;
  }

  #inTurn(step: () => Promise<void>): void {
    this.#turn = this.#turn.then(step, step);
  }

  async #attach(force: boolean): Promise<void> {
    if (this.#line || this.#closed) return;
    if (!isActive(this.#record.state.status)) {
      this.#refuse(new GlassError("VM_NOT_RUNNING", `${this.#vm} is not running.`));
      return;
    }
    let stream: LoggedStream | null = null;
    // Bytes may come before the stream is handed over, and an attempt that fails is no stream at all.
    const begun = () => stream ??= this.#log.begin();
    try {
      this.#line = await Line.open(this.#hypervisor, this.#record.uuid, force, this.#gate, {
        onData: (bytes) => {
          begun();
          this.#receive(bytes);
        },
        onEnd: (reason) => {
          this.#log.finish(begun(), reason);
          this.#ended(reason);
        },
      });
      begun();
      this.#refusal = null;
      this.#serve();
    } catch (error) {
      if (stream) this.#log.finish(stream, "lost");
      this.#refuse(explain(error, this.#record));
      this.#retryLater();
    }
  }

  async #detach(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    await line?.close();
  }

  #ended(reason: EofReason): void {
    for (const tap of this.#taps) tap.ended(reason);
    this.#serve();
    this.#inTurn(() => this.#detach());
    // A guest that went away announces its return; a stream that was taken or broke does not.
    if (reason !== "stopped") this.#retryLater();
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#log.append(bytes);
    for (const tap of this.#taps) tap.output(bytes);
    if (this.#log.end - this.#served >= BURST) this.#serve();
    else if (!this.#serving) {
      this.#serving = true;
      const pace = PACE + PACE_PER_VIEWER * this.#cursors.size;
      const wait = this.#servedAt + pace - performance.now();
      // After everything that has arrived was taken: QEMU drops what is not read soon enough.
      if (wait > 0) this.#pace = setTimeout(() => this.#serve(), wait);
      else queueMicrotask(() => this.#serve());
    }
  }

  /** Gives every viewer what it has not had: those who kept up get the same bytes, made once. */
  #serve(): void {
    this.#serving = false;
    clearTimeout(this.#pace);
    this.#servedAt = performance.now();
    const [from, to] = [this.#served, this.#log.end];
    this.#served = to;
    let chunk: Chunk | null = null;
    for (const cursor of this.#cursors.values()) {
      if (to > from && cursor.stands(from) && cursor.viewer.ready && from >= this.#log.start) {
        cursor.follow(chunk ??= new Chunk(this.#log.read(from, to)));
      }
      this.#pump(cursor);
    }
  }

  #pump(cursor: Cursor): void {
    if (cursor.pump()) {
      this.#behind.delete(cursor);
      return;
    }
    this.#behind.add(cursor);
    this.#catchUp ??= setInterval(() => {
      for (const cursor of this.#behind) this.#pump(cursor);
      if (this.#behind.size > 0) return;
      clearInterval(this.#catchUp);
      this.#catchUp = undefined;
    }, CATCH_UP);
  }

  /** Input waits here while the guest is paused, since it would clog the whole connection. */
  readonly #gate: Gate = {
    pass: async (typist, bytes) => {
      while (this.#record.state.status === "paused" && !this.#closed) await this.#unpaused.promise;
      for (let wait = 1; wait > 0;) {
        wait = await this.#options.throttle(typist.user, bytes);
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
    passed: (bytes) => {
      for (const tap of this.#taps) tap.input(bytes);
    },
  };

  #retryLater(): void {
    clearTimeout(this.#retry);
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      if (this.wanted || this.#options.capture) this.open();
    }, RETRY);
  }

  #refuse(error: GlassError): void {
    // Said once, however often it is tried again.
    if (this.#refusal?.message === error.message) return;
    this.#refusal = error;
    for (const viewer of this.#cursors.keys()) viewer.refused(error);
  }
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
  if (failure.code === "LIBVIRT_UNAVAILABLE" || failure.code === "VM_NOT_FOUND") return failure;
  return new GlassError(
    "CONSOLE_UNAVAILABLE",
    `Cannot open the console of VM "${record.name}": ${cause || failure.message}`,
    { cause: error },
  );
}
