import * as z from "zod";
import { CloseCode, MAX_MESSAGE } from "@/protocol.ts";
import { asGlassError, GlassError } from "../errors.ts";
import { encode, type Subscriber } from "../hub.ts";
import { log } from "../log.ts";
import type { Session } from "../sessions.ts";

/** Bytes that may wait for one client; one that lets more pile up does not read. */
const MAX_QUEUED = 4 * 1024 * 1024;
const MAX_INVALID = 5;

/** What one kind of socket does; the rest is the same for all of them. */
export interface SocketHandler<Schema extends z.ZodType> {
  /** What the client may say. */
  readonly accepts: Schema;
  opened(socket: ClientSocket): void;
  /** What it throws is answered with `error`. */
  received(message: z.output<Schema>, socket: ClientSocket): void | Promise<void>;
  /** A binary message. Where it is missing, binary messages are invalid. */
  binary?(bytes: Uint8Array, socket: ClientSocket): void | Promise<void>;
  closed(socket: ClientSocket): void;
}

/** One client's WebSocket: validates what comes in, bounds what goes out. */
export class ClientSocket implements Subscriber {
  readonly session: Session;
  /** The subprotocol that was agreed on, which Deno's own socket does not tell on this side. */
  readonly protocol: string | undefined;
  readonly #socket: WebSocket;
  readonly #closed = Promise.withResolvers<void>();
  #heardAt = Date.now();
  #invalid = 0;

  constructor(
    socket: WebSocket,
    session: Session,
    handler: SocketHandler<z.ZodType>,
    protocol?: string,
  ) {
    this.#socket = socket;
    this.session = session;
    this.protocol = protocol;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#heardAt = Date.now();
      handler.opened(this);
    };
    socket.onmessage = ({ data }) => void this.#receive(data, handler);
    socket.onclose = () => {
      handler.closed(this);
      this.#closed.resolve();
    };
    // Deno reports resets here and then closes; there is nothing to do about one.
    socket.onerror = (event) => {
      if (event instanceof ErrorEvent) log.debug("Socket: {message}", { message: event.message });
    };
  }

  /** Unix ms of the last message of the client. */
  get heardAt(): number {
    return this.#heardAt;
  }

  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Bytes that were sent and have not left for the network yet. */
  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  send(text: string): void {
    if (this.#takesMore()) this.#socket.send(text);
  }

  /** Sends a binary message. */
  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#takesMore()) this.#socket.send(bytes);
  }

  #takesMore(): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    if (this.#socket.bufferedAmount <= MAX_QUEUED) return true;
    this.close(CloseCode.silent, "The client does not read what it is sent.");
    return false;
  }

  push(type: string, data: unknown): void {
    this.send(encode(type, data));
  }

  fail(error: GlassError, requestId?: string): void {
    const { code, message } = error;
    this.push("error", requestId === undefined ? { code, message } : { code, message, requestId });
  }

  close(code: number, reason: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(code, reason);
  }

  async #receive(data: unknown, handler: SocketHandler<z.ZodType>): Promise<void> {
    this.#heardAt = Date.now();
    if (size(data) > MAX_MESSAGE) {
      return this.close(CloseCode.messageTooBig, `A message has at most ${MAX_MESSAGE} bytes.`);
    }
    try {
      if (typeof data !== "string" && handler.binary) {
        await handler.binary(new Uint8Array(data as ArrayBuffer), this);
        this.#invalid = 0;
        return;
      }
      const message = parse(data, handler.accepts);
      this.#invalid = 0;
      if ((message as { type: string }).type === "heartbeat") this.push("heartbeat", {});
      else await handler.received(message, this);
    } catch (error) {
      this.#answer(error);
    }
  }

  #answer(error: unknown): void {
    const failure = asGlassError(error);
    if (failure.code === "INTERNAL") log.error("Message failed: {error}", { error });
    this.fail(failure);
    if (failure.code !== "INVALID_MESSAGE") return;
    if (++this.#invalid < MAX_INVALID) return;
    this.close(CloseCode.invalidMessages, `${MAX_INVALID} invalid messages in a row.`);
  }
}

const encoder = new TextEncoder();

/** In bytes, without encoding texts that are short enough whatever they hold. */
function size(data: unknown): number {
  if (typeof data !== "string") return (data as ArrayBuffer).byteLength;
  return data.length * 3 <= MAX_MESSAGE ? data.length : encoder.encode(data).length;
}

/** @throws GlassError INVALID_MESSAGE, saying which field is wrong and how */
function parse<Schema extends z.ZodType>(data: unknown, schema: Schema): z.output<Schema> {
  if (typeof data !== "string") throw invalid("This socket takes text messages, not binary ones.");
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    throw invalid("The message is not JSON.");
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw invalid(`The message is not valid: ${field}${issue.message}`);
}

const invalid = (message: string) => new GlassError("INVALID_MESSAGE", message);
