import {
  CONSOLE_PROTOCOL,
  HEARTBEAT_INTERVAL,
  type ServerData,
  ServerMessage,
} from "@/protocol/mod.ts";
import { within } from "./wait.ts";

type Control = ServerMessage;

/** What `shows` is asked for is never longer: it need not look further back at every message. */
const LONGEST = 4096;

/**
 * A viewer of a console over the binary subprotocol, which counts every byte by its stream and offset
 * and fails when one comes twice or out of order.
 */
export class TestConsole implements Disposable {
  /** Control messages, in order. */
  readonly messages: Control[] = [];
  /** How the socket ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
  /** What the stream that goes on has said, as far as it was sent; gaps are not in it. */
  text = "";
  streamId = "";
  offset = 0;
  readonly #socket: WebSocket;
  readonly #looking = new Set<() => void>();
  readonly #heart = setInterval(() => this.send("heartbeat"), HEARTBEAT_INTERVAL * 1000);
  #hear: (bytes: Uint8Array) => void = () => {};
  #decoder = new TextDecoder();
  #read = 0;
  #seen = 0;

  private constructor(url: URL) {
    this.#socket = new WebSocket(url, CONSOLE_PROTOCOL);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.#control(ServerMessage.parse(JSON.parse(data)));
      else this.#output(new Uint8Array(data));
      for (const look of this.#looking) look();
    };
    this.closed = new Promise((resolve) => {
      this.#socket.onclose = ({ code, reason }) => {
        clearInterval(this.#heart);
        resolve({ code, reason });
      };
    });
  }

  static async open(url: URL): Promise<TestConsole> {
    const console = new TestConsole(url);
    const opened = new Promise<void>((resolve, reject) => {
      console.#socket.onopen = () => resolve();
      console.#socket.onerror = () => reject(new Error(`${url.pathname} did not open`));
    });
    await within(10_000, `the socket ${url.pathname} to open`, opened);
    console.#socket.onerror = null;
    return console;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Where to go on: for `?stream=` and `&offset=`. */
  get position(): string {
    return `stream=${this.streamId}&offset=${this.offset}`;
  }

  /** Calls `listener` with all bytes of the guest from now on. */
  hear(listener: (bytes: Uint8Array) => void): void {
    this.#hear = listener;
  }

  type(text: string): void {
    this.#socket.send(new TextEncoder().encode(text));
  }

  /** Sends bytes as they are. */
  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.#socket.send(bytes);
  }

  send(type: string, data: unknown = {}): void {
    this.#socket.send(JSON.stringify({ type, data }));
  }

  /** Waits until what came since the last `shows` matches, and returns all of it up to there. */
  async shows(pattern: RegExp, deadline = 15_000): Promise<string> {
    const from = this.#seen;
    let searched = from;
    const look = () => {
      const start = Math.max(this.#seen, searched - LONGEST);
      const match = pattern.exec(this.text.slice(start));
      searched = this.text.length;
      if (!match) return null;
      this.#seen = start + match.index + match[0].length;
      return this.text.slice(from, this.#seen);
    };
    return await this.#until(look, deadline, `the console to show ${pattern}`);
  }

  /** Waits until so many bytes of the stream have come. */
  async reaches(offset: number, deadline = 30_000): Promise<void> {
    const look = () => this.offset >= offset || null;
    await this.#until(look, deadline, `byte ${offset}`);
  }

  /** The next control message of this type for which `wanted` holds; those before are passed. */
  async next<T extends ServerMessage["type"]>(
    type: T,
    wanted: (data: ServerData<T>) => boolean = () => true,
    deadline = 15_000,
  ): Promise<ServerData<T>> {
    const look = () => {
      while (this.#read < this.messages.length) {
        const message = this.messages[this.#read++]!;
        const data = message.data as ServerData<T>;
        if (message.type === type && wanted(data)) return data;
      }
      return null;
    };
    return await this.#until(look, deadline, `a message "${type}"`);
  }

  /** Closes it and waits until that is done. */
  async close(): Promise<void> {
    this.#socket.close(1000);
    await this.closed;
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  #control(message: Control): void {
    this.messages.push(message);
    if (message.type === "attached") {
      this.streamId = message.data.streamId;
      this.offset = message.data.offset;
      this.text = "";
      this.#decoder = new TextDecoder();
      this.#seen = 0;
    } else if (message.type === "gap") {
      if (message.data.from !== this.offset) throw new Error(`gap from ${message.data.from}`);
      this.offset = message.data.to;
    }
  }

  #output(bytes: Uint8Array): void {
    this.text += this.#decoder.decode(bytes, { stream: true });
    this.offset += bytes.length;
    this.#hear(bytes);
  }

  async #until<T>(look: () => T | null, deadline: number, what: string): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>();
    const again = () => {
      const found = look();
      if (found === null) return;
      this.#looking.delete(again);
      resolve(found);
    };
    this.#looking.add(again);
    again();
    try {
      return await within(deadline, what, promise);
    } catch (error) {
      const told = this.messages.slice(-4).map(({ type, data }) =>
        `${type} ${JSON.stringify(data)}`
      );
      throw new Error(`${what} did not come; last: ${told.join("; ")}; ${this.text.slice(-300)}`, {
        cause: error,
      });
    } finally {
      this.#looking.delete(again);
    }
  }
}
