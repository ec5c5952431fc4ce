import type { ClientMessage, ServerMessage } from "@/protocol/mod.ts";
import { backoff } from "@/islands/hooks/backoff.ts";
import { FRESH, Heartbeat } from "@/islands/hooks/heartbeat.ts";
import { ended, type Link, refusal, SIGNED_OUT } from "@/islands/hooks/link.ts";
import { isOnline, onWake } from "@/islands/hooks/wake.ts";

export interface SocketOptions {
  /**
   * Asked when the upgrade is refused, to learn why, and when the session of a socket has ended, to
   * learn whether the page's has: an address under the same permission.
   */
  check: string;
  /** Asks `check`; the usual one sends the page's cookie along. */
  fetch?: typeof fetch;
  /** Milliseconds before retry number `attempt`. */
  delay?: (attempt: number) => number;
  /** Milliseconds between heartbeats until the server names its own interval. */
  heartbeat?: number;
  /** The WebSocket subprotocol to ask for. */
  protocol?: string;
}

/** How a socket is opened; `address` is asked anew at every attempt. */
export type OpenSocket = (address: () => string, options: SocketOptions) => Socket;

/** A connection that lasted this long was a good one: the next loss starts with short waits again. */
const STEADY = 5000;
/** A connection attempt that takes longer is given up; the browser alone would wait for minutes. */
const CONNECT_DEADLINE = 10_000;
/** How long a page that wakes up waits for proof that its old connection still stands. */
const PATIENCE = 4000;

/**
 * A WebSocket that comes back: opens itself again after every loss, until it is closed here or the
 * server says that trying again is pointless. Knows nothing of what the messages mean; whoever needs
 * a state to be told anew after a loss watches for `live` and asks.
 */
export class Socket {
  #address: () => string | Promise<string>;
  #options: SocketOptions & Required<Pick<SocketOptions, "delay" | "heartbeat">>;
  #link: Link = { kind: "connecting" };
  #socket: WebSocket | null = null;
  #heartbeat: Heartbeat | null = null;
  /** Another one with every attempt, and when that is over. */
  #attempt = 0;
  /** How many failed since the last good connection. */
  #failures = 0;
  /** When the last one led to a connection; 0 while it has not. */
  #openedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Set<(message: ServerMessage) => void>();
  #byteListeners = new Set<(bytes: Uint8Array) => void>();
  #watchers = new Set<(link: Link) => void>();
  #unwake: () => void;

  /**
   * Opens `url` (ws: or wss:) at once. A function is asked anew at every attempt, so that it can name
   * where to go on, or bring a ticket; its promise must not reject.
   */
  constructor(url: string | (() => string | Promise<string>), options: SocketOptions) {
    this.#address = typeof url === "string" ? () => url : url;
    this.#options = { delay: backoff, heartbeat: 15_000, ...options };
    this.#unwake = onWake(() => this.#wake(), () => this.#doubt());
    this.#open();
  }

  get link(): Link {
    return this.#link;
  }

  /** Calls `listener` with every text message. Returns the function that ends it. */
  listen(listener: (message: ServerMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `listener` with the bytes of every binary message. Returns the function that ends it. */
  listenBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#byteListeners.add(listener);
    return () => this.#byteListeners.delete(listener);
  }

  /** Calls `watcher` with the link now and whenever it changes. Returns the function that ends it. */
  watch(watcher: (link: Link) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#link);
    return () => this.#watchers.delete(watcher);
  }

  /** False, and nothing is sent or kept for later, unless the socket is live. */
  send(message: ClientMessage): boolean {
    return this.#put(JSON.stringify(message));
  }

  /** The same for a binary message. */
  sendBytes(bytes: Uint8Array<ArrayBuffer>): boolean {
    return this.#put(bytes);
  }

  close(): void {
    this.#unwake();
    this.#drop(1000);
    this.#become({ kind: "ended", code: 1000, reason: "closed" });
  }

  #put(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  #become(link: Link): void {
    this.#link = link;
    for (const watcher of [...this.#watchers]) watcher(link);
  }

  async #open(): Promise<void> {
    this.#drop();
    this.#openedAt = 0;
    this.#timer = setTimeout(() => this.#lost(1006, ""), CONNECT_DEADLINE);
    const attempt = this.#attempt;
    const address = await this.#address();
    if (attempt !== this.#attempt) return;
    const socket = this.#socket = new WebSocket(address, this.#options.protocol ?? []);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#openedAt = Date.now();
      this.#beatEvery(this.#options.heartbeat);
      this.#become({ kind: "live" });
    };
    socket.onmessage = ({ data }) => {
      this.#heartbeat?.heard();
      if (typeof data !== "string") {
        const bytes = new Uint8Array(data);
        for (const listener of [...this.#byteListeners]) listener(bytes);
        return;
      }
      const message: ServerMessage = JSON.parse(data);
      if (message.type === "connection") this.#beatEvery(message.data.heartbeatInterval * 1000);
      for (const listener of [...this.#listeners]) listener(message);
    };
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
  }

  #beatEvery(interval: number): void {
    this.#heartbeat?.stop();
    const beat = () => void this.send({ type: "heartbeat", data: {} });
    this.#heartbeat = new Heartbeat(interval, beat, () => this.#lost(4408, ""));
  }

  /** Lets go of the connection without waiting for a closing handshake that may never be answered. */
  #drop(code?: number): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#attempt++;
    clearTimeout(this.#timer);
    this.#heartbeat?.stop();
    this.#heartbeat = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  async #lost(code: number, reason: string): Promise<void> {
    this.#drop();
    const openedAt = this.#openedAt;
    if (openedAt > 0 && Date.now() - openedAt > STEADY) this.#failures = 0;
    const delay = this.#options.delay(this.#failures++);
    const until = Date.now() + delay;
    const over = ended(code, reason);
    // Another tab may have signed in again meanwhile: then the cookie is good, and a new socket too.
    const doubtful = openedAt === 0 || code === SIGNED_OUT;
    if (over && !doubtful) return this.#end(over);
    this.#become({ kind: isOnline() ? "waiting" : "offline", until });
    this.#timer = setTimeout(() => this.#open(), delay);
    const refused = doubtful ? await refusal(this.#options.check, this.#options.fetch) : null;
    if (!refused || this.#link.kind === "live" || this.#link.kind === "ended") return;
    this.#end(over?.code === refused.code ? over : refused);
  }

  #end(link: Link): void {
    this.#unwake();
    this.#drop();
    this.#become(link);
  }

  #wake(): void {
    if (this.#socket === null) this.#open();
    else this.#heartbeat?.check(PATIENCE);
  }

  /** A connection to this very machine needs no network: only one that falls silent now is lost. */
  #doubt(): void {
    setTimeout(() => this.#heartbeat?.check(PATIENCE), FRESH);
  }
}
