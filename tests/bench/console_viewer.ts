import { Buffer } from "node:buffer";
import { CONSOLE_PROTOCOL, type ServerMessage } from "@/protocol/mod.ts";
import { within } from "../harness/wait.ts";
import type { Virtglass } from "./virtglass.ts";

/** Somebody who looks at a VM's console in the binary subprotocol, and keeps all that comes. */
export class ConsoleViewer implements Disposable {
  readonly #socket: WebSocket;
  readonly #attached = Promise.withResolvers<void>();
  #kept = Buffer.alloc(1 << 16);
  #length = 0;
  #heard = Promise.withResolvers<void>();
  #problem: string | null = null;

  private constructor(url: string) {
    this.#socket = new WebSocket(url, CONSOLE_PROTOCOL);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.#told(JSON.parse(data));
      else this.#keep(new Uint8Array(data));
    };
    this.#socket.onclose = ({ code, reason }) => this.#fail(`it was closed: ${code} ${reason}`);
  }

  /** Resolves when the server has attached it to the guest's console. */
  static async open(server: Virtglass, vm: string, token: string): Promise<ConsoleViewer> {
    const url = `ws://127.0.0.1:${server.port}/ws/vms/${vm}/console?token=${token}`;
    const viewer = new ConsoleViewer(url);
    await within(10_000, `the console of ${vm}`, viewer.#attached.promise);
    return viewer;
  }

  /** How many bytes have come. */
  get length(): number {
    return this.#length;
  }

  /** The bytes from one place up to another one. */
  slice(from: number, to: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#kept.subarray(from, to));
  }

  type(text: string): void {
    this.#socket.send(new TextEncoder().encode(text));
  }

  /** Waits until so many more bytes have come. */
  async grows(bytes: number, deadline = 120_000): Promise<void> {
    const wanted = this.#length + bytes;
    const grown = async () => {
      while (this.#length < wanted) await this.#more();
    };
    await within(deadline, `${bytes} more bytes on a console`, grown());
  }

  /** Waits until `text` stands behind the first `from` bytes; answers where it ends. */
  async until(text: string, from: number, deadline = 30_000): Promise<number> {
    const found = async () => {
      for (let looked = from;;) {
        const at = this.#kept.subarray(0, this.#length).indexOf(text, looked);
        if (at >= 0) return at + text.length;
        looked = Math.max(from, this.#length - text.length);
        await this.#more();
      }
    };
    return await within(deadline, `"${text}" on a console`, found());
  }

  [Symbol.dispose](): void {
    this.#socket.onclose = null;
    this.#socket.close();
  }

  /** Resolves when more has come. @throws Error when something went wrong instead */
  async #more(): Promise<void> {
    if (this.#problem !== null) throw new Error(`A viewer has failed: ${this.#problem}`);
    await this.#heard.promise;
  }

  #told({ type, data }: ServerMessage): void {
    if (type === "attached") this.#attached.resolve();
    if (type === "heartbeat") this.#socket.send(JSON.stringify({ type, data }));
    if (type === "gap") this.#fail(`bytes ${data.from} to ${data.to} were skipped`);
    if (type === "eof") this.#fail(`the console ended: ${data.reason}`);
    if (type === "error") this.#fail(data.message);
  }

  #keep(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#kept.length) {
      const larger = Buffer.alloc(2 * (this.#length + bytes.length));
      larger.set(this.#kept);
      this.#kept = larger;
    }
    this.#kept.set(bytes, this.#length);
    this.#length += bytes.length;
    this.#wake();
  }

  #fail(problem: string): void {
    this.#problem ??= problem;
    this.#wake();
  }

  #wake(): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}
