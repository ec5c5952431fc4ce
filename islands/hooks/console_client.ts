import type {
  ConsoleViewer,
  EofReason,
  ErrorCode,
  ServerData,
  ServerMessage,
} from "@/protocol/mod.ts";
import { type Abandoned, InputQueue } from "@/islands/hooks/input_queue.ts";
import type { Link } from "@/islands/hooks/link.ts";
import { type OpenSocket, Socket, type SocketOptions } from "@/islands/hooks/socket.ts";
import { consoleWords as texts } from "@/texts/mod.ts";

/** The subprotocol in which a console's bytes are binary messages. */
export const BINARY = "virtglass.console.v1";

/**
 * How a stream comes: the first one; the same again, without a byte lost; another one after the end
 * of the one before; or another one although that had not ended, so nobody knows what is missing.
 */
export type Arrival = "first" | "resumed" | "next" | "anew";

/** Where the console's output goes, in the order in which it happened. */
export interface ConsoleSink {
  attached(arrival: Arrival): void;
  /**
   * What the guest wrote, as bytes: a character may be split over two calls. `past` when it was
   * written before this connection, so that whoever asked something in it waits no more.
   */
  write(bytes: Uint8Array, past: boolean): void;
  /** So many bytes of the guest are skipped here. */
  gap(bytes: number): void;
  /** The guest's end of the line closed. */
  eof(reason: EofReason): void;
}

/** What is true of a console at the moment, as a page can show it. */
export interface ConsoleState {
  link: Link;
  /** Not heard yet; open; closed by the guest until it starts again; refused, with the reason. */
  line:
    | { kind: "quiet" | "open" }
    | { kind: "closed"; reason: EofReason }
    | { kind: "refused"; code: ErrorCode; message: string };
  /** Whether this client may not type. */
  readOnly: boolean;
  /** Which of the viewers this client is. */
  viewerId: string | null;
  viewers: ConsoleViewer[];
  /** Whose terminal answers the guest's questions. */
  responder: string | null;
  recording: boolean;
  /** Size of the responder's terminal, when that is somebody else's. */
  size: { columns: number; rows: number } | null;
  /** Bytes of input that wait here because the guest does not read. */
  waiting: number;
  /** What last went wrong without closing the line, in words. */
  trouble: string | null;
}

/** Less than this a guest that answered has taken, although the server has not said so yet. */
const UNTOLD = 1024;

/**
 * Milliseconds between two messages of input: what is typed meanwhile goes together, because a mouse
 * that moves says more a second than a server takes in messages.
 */
const PAUSE = 15;

/** Fewer bytes than this wait for the next message, not for the guest. */
const NOTEWORTHY = 4096;

/** Errors after which there is no console until the server says otherwise. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "VM_NOT_RUNNING",
  "CONSOLE_BUSY",
  "CONSOLE_UNAVAILABLE",
  "LIBVIRT_UNAVAILABLE",
]);

interface Stream {
  id: string;
  /** Offset of the first byte that `sink` does not have yet. */
  next: number;
  ended: boolean;
}

/**
 * One console over the binary subprotocol. After a loss it goes on exactly after the last byte it
 * had; a gap is told with its size. Input goes out in order, at most a window ahead of the guest.
 */
export class ConsoleClient {
  readonly #sink: ConsoleSink;
  readonly #socket: Socket;
  readonly #input = new InputQueue();
  /** Whether some input was lost, and nothing was typed since. */
  #stopped = false;
  readonly #watchers = new Set<(state: ConsoleState) => void>();
  #pause: ReturnType<typeof setTimeout> | undefined;
  #stream: Stream | null = null;
  /** Offset of the next byte on the wire. */
  #at = 0;
  /** How many of the bytes to come were written before they were asked for. */
  #past = 0;
  /** Whether anything came since `attached`. */
  #begun = false;
  #state: ConsoleState = {
    link: { kind: "connecting" },
    line: { kind: "quiet" },
    readOnly: true,
    viewerId: null,
    viewers: [],
    responder: null,
    recording: false,
    size: null,
    waiting: 0,
    trouble: null,
  };

  /**
   * `address` is the console's (ws: or wss:), without `stream` and `offset`. A page's cookie opens it;
   * `byToken` is an `open` for programs.
   */
  constructor(
    address: string,
    sink: ConsoleSink,
    options: SocketOptions,
    open: OpenSocket = (address, options) => new Socket(address, options),
  ) {
    this.#sink = sink;
    this.#socket = open(() => this.#resumeAddress(address), { ...options, protocol: BINARY });
    this.#socket.listenBytes((bytes) => this.#output(bytes));
    this.#socket.listen((message) => this.#receive(message));
    this.#socket.watch((link) => this.#linked(link));
  }

  get state(): ConsoleState {
    return this.#state;
  }

  /** Calls `watcher` with the state now and whenever it changes. Returns the function that ends it. */
  watch(watcher: (state: ConsoleState) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#state);
    return () => this.#watchers.delete(watcher);
  }

  /** Types into the guest: all of it in order, or, with false, none of it. */
  type(bytes: Uint8Array<ArrayBuffer>): boolean {
    const { link, line, readOnly } = this.#state;
    if (link.kind !== "live" || line.kind !== "open" || readOnly) return false;
    if (!this.#input.push(bytes)) {
      this.#become({ trouble: texts.notTaken(bytes.length) });
      return false;
    }
    this.#stopped = false;
    this.#pump();
    return true;
  }

  /** Forgets the input that waits for the guest. */
  discardInput(): void {
    this.#input.discard();
    this.#become({ waiting: 0 });
  }

  /** Asks for the console that something else holds. */
  takeover(): boolean {
    return this.#socket.send({ type: "takeover", data: {} });
  }

  /** Tells the others the size of this terminal. Theirs to know only while this one is asked. */
  resizeHint(columns: number, rows: number): boolean {
    const { viewerId, responder } = this.#state;
    if (viewerId === null || viewerId !== responder) return false;
    return this.#socket.send({ type: "resize_hint", data: { columns, rows } });
  }

  forgetTrouble(): void {
    this.#become({ trouble: null });
  }

  close(): void {
    this.#rest();
    this.#socket.close();
  }

  #resumeAddress(address: string): string {
    if (this.#stream === null) return address;
    const url = new URL(address);
    url.searchParams.set("stream", this.#stream.id);
    url.searchParams.set("offset", String(this.#stream.next));
    return url.href;
  }

  #become(change: Partial<ConsoleState>): void {
    this.#state = { ...this.#state, ...change };
    for (const watcher of [...this.#watchers]) watcher(this.#state);
  }

  #linked(link: Link): void {
    if (link.kind === "live") return this.#become({ link, line: { kind: "quiet" } });
    const lost = lostWords(this.#input.restart());
    const trouble = lost ? texts.lostOnTheWay(lost) : this.#state.trouble;
    this.#rest();
    this.#become({ link, line: { kind: "quiet" }, waiting: 0, trouble, viewers: [] });
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case "attached":
        return this.#attached(message.data);
      case "gap":
        return this.#gap(message.data.to);
      case "presence":
        return this.#present(message.data);
      case "resize_hint":
        return this.#become({ size: message.data });
      case "eof":
        return this.#ended(message.data.reason);
      case "heartbeat":
        return this.#input.heard();
      case "input":
        this.#input.took(message.data.taken);
        return this.#pump();
      case "error":
        return this.#failed(message.data);
    }
  }

  /**
   * Whatever is refused may have been input, which the guest then never takes: what was typed after it
   * must not arrive without it. Only a token that was no good is none.
   */
  #failed({ code, message }: ServerData<"error">): void {
    if (REFUSALS.has(code)) this.#become({ line: { kind: "refused", code, message } });
    // Messages that were on their way are refused one by one; the first refusal said how much it is.
    else if (!this.#stopped || this.#state.trouble === null) this.#become({ trouble: message });
    if (code !== "UNAUTHENTICATED") this.#stopInput(message);
  }

  /** Types nothing more of what was typed until now, and tells what is lost by that, and `why`. */
  #stopInput(why: string): void {
    const lost = lostWords(this.#input.abandon());
    this.#stopped ||= lost !== null;
    this.#become({ waiting: 0, ...(lost ? { trouble: texts.lostOfTyped(why, lost) } : {}) });
  }

  #present(presence: ServerData<"presence">): void {
    const role = this.#roleIn(presence);
    this.#become({ ...presence, ...role });
    if (role.readOnly) this.#stopInput(texts.nowReadOnly);
  }

  /** Whether this client may type can change. A size belongs to the responder who told it. */
  #roleIn({ viewers, responder }: ServerData<"presence">): Pick<ConsoleState, "readOnly" | "size"> {
    const { viewerId, readOnly, size, responder: before } = this.#state;
    const self = viewers.find(({ id }) => id === viewerId);
    return {
      readOnly: self?.readOnly ?? readOnly,
      size: responder === before ? size : null,
    };
  }

  #attached({ streamId, offset, size, ...presence }: ServerData<"attached">): void {
    const before = this.#stream;
    this.#at = offset;
    this.#past = size;
    this.#begun = false;
    if (before?.id === streamId) {
      // An ended one is told to its end again, which is no news.
      if (!before.ended) this.#sink.attached("resumed");
      if (offset > before.next) this.#skip(offset);
    } else {
      this.#stream = { id: streamId, next: offset, ended: false };
      this.#sink.attached(before === null ? "first" : before.ended ? "next" : "anew");
    }
    const told = presence.responder === this.#state.responder ? this.#state.size : null;
    this.#become({ line: { kind: "open" }, ...presence, size: told });
    if (presence.readOnly) this.#stopInput(texts.nowReadOnly);
  }

  #gap(to: number): void {
    // What was forgotten before `attached` its `size` leaves out; what is forgotten later it counts.
    if (this.#begun) this.#past = Math.max(0, this.#past - (to - this.#at));
    this.#begun = true;
    this.#at = to;
    this.#skip(to);
  }

  #skip(to: number): void {
    const stream = this.#stream;
    if (stream === null || to <= stream.next) return;
    this.#sink.gap(to - stream.next);
    stream.next = to;
  }

  #output(bytes: Uint8Array): void {
    const stream = this.#stream;
    if (stream === null) return;
    this.#input.heard();
    this.#begun = true;
    const had = Math.min(bytes.length, Math.max(0, stream.next - this.#at));
    const now = Math.max(had, Math.min(bytes.length, this.#past));
    this.#at += bytes.length;
    this.#past = Math.max(0, this.#past - bytes.length);
    stream.next += bytes.length - had;
    if (had < now) this.#sink.write(bytes.subarray(had, now), true);
    if (now < bytes.length) this.#sink.write(bytes.subarray(now), false);
  }

  #ended(reason: EofReason): void {
    if (this.#stream !== null && !this.#stream.ended) {
      this.#stream.ended = true;
      this.#sink.eof(reason);
    }
    this.#become({ line: { kind: "closed", reason } });
    this.#stopInput(texts.closedNow);
  }

  #pump(): void {
    if (this.#pause === undefined) {
      const message = this.#input.next();
      if (message !== null) {
        this.#socket.sendBytes(message);
        this.#pause = setTimeout(() => {
          this.#rest();
          this.#pump();
        }, PAUSE);
      }
    }
    const { full, waiting } = this.#input;
    const noted = full || waiting > NOTEWORTHY ? waiting : 0;
    if (noted !== this.#state.waiting) this.#become({ waiting: noted });
  }

  #rest(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }
}

/** What is lost with input that was given up; null when nothing is, as far as one can know. */
function lostWords({ waiting, unsure, answered }: Abandoned): string | null {
  const taken = answered ? unsure < UNTOLD : unsure === 0;
  if (waiting === 0 && taken) return null;
  return texts.lostBytes(waiting, unsure);
}
