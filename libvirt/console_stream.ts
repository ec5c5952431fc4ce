/**
 * A domain's serial console as a stream of bytes. https://libvirt.org/html/libvirt-libvirt-stream.html
 *
 * Open it on a connection of its own: when the guest does not read what is typed, the whole connection
 * stalls until keepalive ends it, and everything else on it would end too.
 */
import type { CallQueue, Child } from "./call_queue.ts";
import { LaneBroken } from "./errors.ts";
import { countHandle } from "./handles.ts";
import { library } from "./library.ts";
import { Pace } from "./pace.ts";
import { sendSlots } from "./slots.ts";
import { guarded, Registry, trampoline } from "./trampoline.ts";

export interface ConsoleHandlers {
  /**
   * Bytes from the guest, as soon as they arrive (the first may come before the console is handed over).
   * They are borrowed: the array is used again after the call.
   */
  onData: (bytes: Uint8Array<ArrayBuffer>) => void;
  /**
   * Called once, unless we closed it: `eof` the guest is off; `error` somebody else took the console, or
   * the connection broke.
   */
  onEnd: (reason: "eof" | "error") => void;
}

/** Opens the console of some domain into a stream; negative when it failed. */
type OpenInto = (stream: Deno.PointerObject) => Promise<number>;

const NONBLOCK = 1; // VIR_STREAM_NONBLOCK
// virStreamEventType
const ENDED = 4 | 8; // ERROR, HANGUP
const READABLE_OR_ENDED = 1 | ENDED;
/** virStreamSend blocks while the guest does not read: small pieces keep what is stuck small. */
const PIECE = 1024;

const received = new Uint8Array(64 * 1024);
const SIZE = BigInt(received.length);
const streams = new Registry<() => void>();

const onStreamEvent = trampoline(
  {
    parameters: [
      "pointer", // virStreamPtr stream
      "i32", // int events
      "u64", // void *opaque
    ],
    result: "void",
  },
  (_stream, _events, id) => guarded(() => streams.get(id)?.()),
);

export class ConsoleStream implements AsyncDisposable {
  readonly #queue: CallQueue;
  readonly #handlers: ConsoleHandlers;
  readonly #pace = new Pace(() => this.#drain(), (on) => this.#listen(on));
  readonly #child: Child = { release: () => this.#release() };
  #pointer: Deno.PointerObject | null = null;
  /** Its id while it listens. */
  #id = 0;
  #ended = false;
  #sending: Promise<unknown> = Promise.resolve();

  private constructor(queue: CallQueue, handlers: ConsoleHandlers) {
    this.#queue = queue;
    this.#handlers = handlers;
  }

  /** Domain.openConsole is the way in. */
  static open(
    queue: CallQueue,
    openInto: OpenInto,
    handlers: ConsoleHandlers,
  ): Promise<ConsoleStream> {
    const console = new ConsoleStream(queue, handlers);
    return queue.call({
      operation: "virDomainOpenConsole",
      invoke: (connection) => console.#open(connection, openInto),
      take: () => console,
    });
  }

  async #open(connection: Deno.PointerObject, openInto: OpenInto): Promise<number> {
    const c = library();
    const stream = c.virStreamNew(connection, NONBLOCK);
    if (stream === null) return -1;
    if (await openInto(stream) < 0) {
      c.virStreamFree(stream);
      return -1;
    }
    this.#pointer = stream;
    countHandle("streams", 1);
    this.#queue.adopt(this.#child);
    this.#queue.onBreak((reason) => reason === "closed" ? this.#deafen() : this.#end("error"));
    this.#id = streams.add(() => this.#pace.came());
    countHandle("callbacks", 1);
    const id = BigInt(this.#id);
    return c.virStreamEventAddCallback(stream, READABLE_OR_ENDED, onStreamEvent(), id, null);
  }

  /**
   * Sends bytes to the guest, after those of earlier calls, and resolves when libvirt took them all. Takes
   * as long as the guest does not read; past the connection's deadline the connection is broken. Throws
   * LaneBroken once the console has ended.
   */
  send(bytes: Uint8Array): Promise<void> {
    const copy = bytes.slice();
    const sent = this.#sending.then(() => this.#sendAll(copy));
    this.#sending = sent.catch(() => {});
    return sent;
  }

  async #sendAll(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + PIECE);
      at += await this.#queue.call({
        operation: "virStreamSend",
        slots: sendSlots,
        // Other guests that do not read must not end this one's console.
        patient: true,
        invoke: async () => {
          if (this.#pointer === null || this.#ended) {
            throw new LaneBroken("closed", "virStreamSend");
          }
          return await library().virStreamSend(this.#pointer, piece, BigInt(piece.length));
        },
        take: (taken) => taken,
      });
    }
  }

  /**
   * Lets go of the console. Nothing is heard from it after the call; resolves when it is freed, or when
   * the connection broke meanwhile and frees it with itself.
   *
   * libvirt 9.0 forgets a console that somebody took while it waited for us to read: `onEnd` is not called
   * then, the abort gets no answer, and its deadline breaks the connection.
   */
  async close(): Promise<void> {
    this.#ended = true;
    this.#deafen();
    if (this.#pointer === null || this.#queue.broken !== null) return;
    await this.#queue.call({
      operation: "virStreamAbort",
      invoke: async () => {
        await this.#release();
        return 0;
      },
      take: () => this.#queue.forget(this.#child),
    }).catch((error) => {
      if (!(error instanceof LaneBroken)) throw error;
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Where it does not listen libvirt goes on to take what comes, and keeps it for `#drain`. */
  #listen(on: boolean): void {
    if (this.#pointer === null) return;
    library().virStreamEventUpdateCallback(this.#pointer, on ? READABLE_OR_ENDED : ENDED);
  }

  /**
   * Takes all that has come, and answers whether there was any. libvirt holds it in our memory without
   * a limit, so leaving it there would not slow the guest.
   */
  #drain(): boolean {
    let some = false;
    while (this.#pointer !== null && !this.#ended) {
      const stream = this.#pointer;
      const count = this.#queue.errors.aside(() => {
        return library().virStreamRecv(stream, received, SIZE);
      });
      if (count === -2) break;
      if (count <= 0) this.#end(count === 0 ? "eof" : "error");
      else {
        some = true;
        this.#handlers.onData(received.subarray(0, count));
        // That was all: of what came meanwhile, and of an end, libvirt calls again.
        if (count < received.length) break;
      }
    }
    return some;
  }

  #end(reason: "eof" | "error"): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deafen();
    this.#handlers.onEnd(reason);
  }

  /** At once, also while a send hangs: a stream that has ended calls back without pause. */
  #deafen(): void {
    if (this.#id === 0 || this.#pointer === null) return;
    this.#pace[Symbol.dispose]();
    library().virStreamEventRemoveCallback(this.#pointer);
    streams.delete(this.#id);
    this.#id = 0;
    countHandle("callbacks", -1);
  }

  /** With no call in flight: callback and id first, then abort, then free. */
  async #release(): Promise<void> {
    this.#deafen();
    const stream = this.#pointer;
    if (stream === null) return;
    this.#pointer = null;
    await library().virStreamAbort(stream);
    library().virStreamFree(stream);
    countHandle("streams", -1);
  }
}
