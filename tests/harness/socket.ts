import {
  HEARTBEAT_INTERVAL,
  type ServerData,
  ServerMessage,
  type ServerMessageType,
} from "@/protocol/mod.ts";
import { eventually, within } from "./wait.ts";

type Message<T extends ServerMessageType> = { type: T; timestamp: string; data: ServerData<T> };

/** A WebSocket whose messages are asked for one by one, and held against the protocol's schema. */
export class TestSocket implements Disposable {
  /** All that came, in order. */
  readonly messages: ServerMessage[] = [];
  /** How the socket ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  readonly #heart = setInterval(() => this.send("heartbeat", {}), HEARTBEAT_INTERVAL * 1000);
  /** What `next` has handed out or passed over. */
  #read = 0;

  private constructor(url: URL, client: Deno.HttpClient | null) {
    // Browsers' types know no options; Deno does.
    const options = { client } as unknown as string[];
    this.#socket = client === null ? new WebSocket(url) : new WebSocket(url, options);
    this.#socket.onmessage = ({ data }) => {
      this.messages.push(ServerMessage.parse(JSON.parse(data)));
      for (const look of this.#waiting) look();
    };
    this.closed = new Promise((resolve) => {
      this.#socket.onclose = ({ code, reason }) => {
        clearInterval(this.#heart);
        resolve({ code, reason });
      };
    });
  }

  /** @param client what connects, where it trusts a certificate of its own */
  static async open(url: URL, client: Deno.HttpClient | null = null): Promise<TestSocket> {
    const socket = new TestSocket(url, client);
    await within(
      10_000,
      `the socket ${url.pathname} to open`,
      new Promise<void>((resolve, reject) => {
        socket.#socket.onopen = () => resolve();
        socket.#socket.onerror = (event) =>
          reject(new Error(event instanceof ErrorEvent ? event.message : "the socket failed"));
      }),
    );
    socket.#socket.onerror = null;
    return socket;
  }

  /** The next message of this type (and for which `wanted` holds); those before it are passed. */
  async next<T extends ServerMessageType>(
    type: T,
    wanted: (data: ServerData<T>) => boolean = () => true,
    deadline = 10_000,
  ): Promise<Message<T>> {
    const isWanted = (message: ServerMessage) =>
      message.type === type && wanted(message.data as ServerData<T>);
    return await this.first(isWanted, deadline, `a message "${type}"`) as Message<T>;
  }

  /** The next message for which `wanted` holds; those before it are passed. */
  async first(
    wanted: (message: ServerMessage) => boolean,
    deadline: number,
    what: string,
  ): Promise<ServerMessage> {
    const { promise, resolve } = Promise.withResolvers<ServerMessage>();
    // Its own place, so that two may wait at once.
    let at = this.#read;
    const look = () => {
      while (at < this.messages.length) {
        const message = this.messages[at++]!;
        if (!wanted(message)) continue;
        this.#read = Math.max(this.#read, at);
        // At once: the next message can come before whoever waits has heard of this one.
        this.#waiting.delete(look);
        return resolve(message);
      }
    };
    this.#waiting.add(look);
    look();
    try {
      return await within(deadline, what, promise);
    } finally {
      this.#waiting.delete(look);
    }
  }

  /** Sends a message of this type, with the time. */
  send(type: string, data: unknown): void {
    this.sendText(JSON.stringify({ type, timestamp: new Date().toISOString(), data }));
  }

  /** Sends this text as it is. */
  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Sends a binary message. */
  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.#socket.send(bytes);
  }

  /**
   * Resolves once the server has answered here. A heartbeat right after its own it takes for the answer
   * to that, so another one is sent then.
   */
  async answers(deadline = 10_000): Promise<void> {
    await eventually(async () => {
      this.send("heartbeat", {});
      await this.next("heartbeat", () => true, 1_500);
      return true;
    }, { for: "the server to answer", deadline });
  }

  /** Types into a console socket. */
  type(text: string): void {
    this.send("console_input", { content: new TextEncoder().encode(text).toBase64() });
  }

  /** Types into a console that may not be attached yet: again until it is not refused. */
  async typeOnceOpen(text: string, deadline = 10_000): Promise<void> {
    await eventually(async () => {
      this.type(text);
      const { type, data } = await this.first(isAnswer, deadline, "an echo");
      if (type === "error") throw new Error(data.message);
      return true;
    }, { for: "the console to take input", deadline, every: 100 });
  }

  /** What a console socket has shown when `pattern` first matches it, from the first byte. */
  async shows(pattern: RegExp, deadline = 10_000): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    for (const { type, data } of this.messages.slice(0, this.#read)) {
      if (type === "console") text += decoder.decode(bytes(data.content), { stream: true });
    }
    if (pattern.test(text)) return text;
    await this.next("console", ({ content }) => {
      text += decoder.decode(bytes(content), { stream: true });
      return pattern.test(text);
    }, deadline).catch((error) => {
      throw new Error(`${pattern} was not shown, but ${JSON.stringify(text)}`, { cause: error });
    });
    return text;
  }

  close(): void {
    this.#socket.close(1000);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

const isAnswer = ({ type, data }: ServerMessage) =>
  type === "error" || (type === "console" && data.content !== "");

const bytes = (base64: string) => Uint8Array.fromBase64(base64);
