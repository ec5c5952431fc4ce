import { ByteReader } from "./byte_reader.ts";
import { askUpgrade } from "./upgrade.ts";
import { within } from "./wait.ts";

/** Opcodes of RFC 6455. */
export const Opcode = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame as it came. */
export interface Frame {
  opcode: number;
  payload: Uint8Array;
}

/**
 * A WebSocket whose frames are written by hand, so that they may be wrong, and which answers nothing
 * by itself: no ping, and no close.
 */
export class RawSocket implements Disposable {
  /** The subprotocol that the server chose; null when it chose none. */
  readonly protocol: string | null;
  readonly #connection: Deno.TcpConn;
  readonly #reader: ByteReader;

  private constructor(connection: Deno.TcpConn, reader: ByteReader, protocol: string | null) {
    this.#connection = connection;
    this.#reader = reader;
    this.protocol = protocol;
  }

  /** @param url with `ws:` */
  static async open(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const { pathname } = new URL(url);
    const connection = await askUpgrade(url, headers);
    const reader = new ByteReader(connection);
    const head = await within(10_000, `an answer from ${pathname}`, reader.until("\r\n\r\n"));
    if (!head.startsWith("HTTP/1.1 101 ")) throw new Error(`${pathname}: ${head.split("\r\n")[0]}`);
    const protocol = /^sec-websocket-protocol: *(.*?)\r$/im.exec(head)?.[1] ?? null;
    return new RawSocket(connection, reader, protocol);
  }

  /** Sends one frame; `last` false says that more of its message follows, in frames of opcode 0. */
  async send(opcode: number, payload: Uint8Array | string, last = true): Promise<void> {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    const length = bytes.length < 126
      ? [bytes.length]
      : bytes.length < 65_536
      ? [126, bytes.length >> 8, bytes.length & 255]
      : [127, 0, 0, 0, 0, ...new Uint8Array(Uint32Array.of(bytes.length).buffer).reverse()];
    // A mask of zeros changes nothing, and is one.
    const head = [(last ? 0x80 : 0) | opcode, 0x80 | length[0]!, ...length.slice(1), 0, 0, 0, 0];
    const frame = new Uint8Array(head.length + bytes.length);
    frame.set(head);
    frame.set(bytes, head.length);
    await this.write(frame);
  }

  /** Sends these bytes, whatever they mean. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let sent = 0; sent < bytes.length;) {
      sent += await this.#connection.write(bytes.subarray(sent));
    }
  }

  /** The next frame of the server; null when the connection has ended. */
  async next(deadline = 10_000): Promise<Frame | null> {
    return await within(deadline, "a frame", this.#next());
  }

  /** The code and reason of the server's close frame, null when it ended without one. */
  async end(deadline = 10_000): Promise<{ code: number; reason: string } | null> {
    for (let frame = await this.next(deadline); frame; frame = await this.next(deadline)) {
      if (frame.opcode !== Opcode.close) continue;
      const [high = 0, low = 0] = frame.payload;
      return { code: high * 256 + low, reason: new TextDecoder().decode(frame.payload.slice(2)) };
    }
    return null;
  }

  async #next(): Promise<Frame | null> {
    const head = await this.#reader.exactly(2);
    if (!head) return null;
    let length = head[1]! & 127;
    const more = length === 126 ? 2 : length === 127 ? 8 : 0;
    if (more > 0) {
      length = 0;
      for (const byte of await this.#reader.exactly(more) ?? []) length = length * 256 + byte;
    }
    const payload = length === 0 ? new Uint8Array() : await this.#reader.exactly(length);
    return payload && { opcode: head[0]! & 15, payload };
  }

  [Symbol.dispose](): void {
    try {
      this.#connection.close();
    } catch {
      // The server has closed it already.
    }
  }
}
