import type { Connection, ConsoleStream } from "@/libvirt/mod.ts";
import { toBase64 } from "../base64.ts";
import { asGlassError, GlassError } from "../errors.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { isActive, type VMRecord } from "../vms/mod.ts";
import { ConsoleInput } from "./input.ts";
import { Scrollback } from "./scrollback.ts";

/** Milliseconds until a console that something else holds is tried again: nothing announces it. */
const RETRY = 3_000;

/** Why a console stream ended: the guest went away, or something took or broke the stream. */
export type EndReason = "eof" | "error";

/** Somebody who looks at a console. Its methods must neither block nor throw. */
export interface Viewer {
  /** Bytes of the guest. The same object goes to every viewer: nobody may change it. */
  output(chunk: Chunk): void;
  ended(reason: EndReason): void;
  /** Why there is no console at the moment. */
  refused(error: GlassError): void;
}

/** Guest bytes, with their base64 made once however many viewers ask for it. */
export class Chunk {
  readonly bytes: Uint8Array;
  #base64: string | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get base64(): string {
    return this.#base64 ??= toBase64(this.bytes);
  }
}

interface Attached {
  connection: Connection;
  stream: ConsoleStream;
  input: ConsoleInput;
}

/**
 * One VM's console: a single libvirt stream, however many viewers. It is opened for the first viewer,
 * kept for a while after the last one, and opened again when the guest starts anew.
 */
export class ConsoleBroker implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #record: VMRecord;
  readonly #scrollbackLimit: number;
  readonly #viewers = new Set<Viewer>();
  #scrollback: Scrollback;
  #attached: Attached | null = null;
  /** The opening or closing under way: they never overlap, for libvirt gives one stream a VM. */
  #turn: Promise<void> = Promise.resolve();
  #refusal: GlassError | null = null;
  #closed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(hypervisor: Hypervisor, record: VMRecord, scrollbackLimit: number) {
    this.#hypervisor = hypervisor;
    this.#record = record;
    this.#scrollbackLimit = scrollbackLimit;
    this.#scrollback = new Scrollback(scrollbackLimit);
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Adds a viewer, who first gets what the console said before. */
  add(viewer: Viewer): void {
    this.#viewers.add(viewer);
    const past = this.#scrollback.since(0);
    if (past.length > 0) viewer.output(new Chunk(past));
    if (this.#refusal && !this.#attached) viewer.refused(this.#refusal);
    this.open();
  }

  remove(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** @throws GlassError when nothing can be typed now, or too much is waiting already */
  write(bytes: Uint8Array): void {
    if (!this.#attached) {
      throw this.#refusal ??
        new GlassError("CONSOLE_UNAVAILABLE", `The console of ${this.#vm} is not attached yet.`);
    }
    if (this.#attached.input.write(bytes)) return;
    throw new GlassError(
      "CONSOLE_UNAVAILABLE",
      `The guest of ${this.#vm} does not read its console; the input was refused.`,
    );
  }

  /** Opens the stream unless it is open, the guest is off, or nobody is there. */
  open(): void {
    this.#inTurn(async () => {
      if (this.#attached || this.#closed) return;
      if (!isActive(this.#record.state.status)) {
        this.#refuse(new GlassError("VM_NOT_RUNNING", `${this.#vm} is not running.`));
        return;
      }
      await this.#attach();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#inTurn(() => this.#detach());
    await this.#turn;
  }

  get #vm(): string {
    return `VM "${this.#record.name}"`;
  }

  #inTurn(step: () => Promise<void>): void {
    this.#turn = this.#turn.then(step, step);
  }

  async #attach(): Promise<void> {
    let connection: Connection | null = null;
    const past = this.#scrollback;
    // Bytes may come before the stream is handed over, and belong to the new one.
    const scrollback = this.#scrollback = new Scrollback(this.#scrollbackLimit);
    try {
      connection = await this.#hypervisor.openConsoleConnection();
      using domain = await connection.domainByUUID(this.#record.uuid);
      const stream = await domain.openConsole({
        onData: (bytes) => this.#output(scrollback, bytes),
        onEnd: (reason) => this.#ended(reason),
      });
      this.#refusal = null;
      this.#attached = { connection, stream, input: new ConsoleInput(stream) };
    } catch (error) {
      this.#scrollback = past;
      await connection?.close();
      this.#refuse(explain(error, this.#record));
      this.#retryLater();
    }
  }

  #output(scrollback: Scrollback, bytes: Uint8Array): void {
    scrollback.append(bytes);
    const chunk = new Chunk(bytes);
    for (const viewer of this.#viewers) viewer.output(chunk);
  }

  #ended(reason: EndReason): void {
    for (const viewer of this.#viewers) viewer.ended(reason);
    this.#inTurn(() => this.#detach());
    // A guest that went away announces its return; a stream that was taken or broke does not.
    if (reason === "error") this.#retryLater();
  }

  #retryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (this.#viewers.size > 0) this.open();
    }, RETRY);
  }

  async #detach(): Promise<void> {
    const attached = this.#attached;
    this.#attached = null;
    await attached?.stream.close();
    await attached?.connection.close();
  }

  #refuse(error: GlassError): void {
    // Said once, however often it is tried again.
    if (this.#refusal?.message === error.message) return;
    this.#refusal = error;
    for (const viewer of this.#viewers) viewer.refused(error);
  }
}

function explain(error: unknown, record: VMRecord): GlassError {
  const failure = asGlassError(error);
  const cause = error instanceof Error ? error.message : "";
  if (/active console session/i.test(cause)) {
    return new GlassError(
      "CONSOLE_BUSY",
      `Something else holds the console of VM "${record.name}" (virsh console, perhaps). Close it there and connect again.`,
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
