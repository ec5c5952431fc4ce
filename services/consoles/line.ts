import { type Connection, type ConsoleStream, LaneBroken } from "@/libvirt/mod.ts";
import type { EofReason } from "@/protocol/mod.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { inTime } from "../in_time.ts";
import { ConsoleInput, type Gate } from "./input.ts";

/** Milliseconds that `close` waits for a call that hangs; libvirt frees the rest when it comes back. */
const PATIENCE = 1_000;

export interface LineHandlers {
  /** The bytes are valid during the call only. */
  onData(bytes: Uint8Array<ArrayBuffer>): void;
  /** Called once, unless it was closed here. */
  onEnd(reason: EofReason): void;
}

/** The open way to a guest's console: a libvirt stream on a connection of its own, and its input. */
export class Line {
  readonly input: ConsoleInput;
  readonly #connection: Connection;
  readonly #stream: ConsoleStream;
  #hangs = false;

  private constructor(connection: Connection, stream: ConsoleStream, gate: Gate) {
    this.#connection = connection;
    this.#stream = stream;
    this.input = new ConsoleInput(stream, gate);
  }

  /** `force` takes the console from whatever holds it. @throws GlassError or LibvirtError */
  static async open(
    hypervisor: Hypervisor,
    uuid: string,
    force: boolean,
    gate: Gate,
    { onData, onEnd }: LineHandlers,
  ): Promise<Line> {
    const connection = await hypervisor.openConsoleConnection();
    try {
      using domain = await connection.domainByUUID(uuid);
      const stream = await domain.openConsole({
        force,
        onData,
        onEnd: (reason) =>
          onEnd(reason === "eof" ? "stopped" : connection.broken ? "lost" : "taken"),
      });
      return new Line(connection, stream, gate);
    } catch (error) {
      await inTime(PATIENCE, connection.close());
      throw error;
    }
  }

  /** Whether it was closed and a call on it, typically a send to a guest that does not read, hangs. */
  get hangs(): boolean {
    return this.#hangs;
  }

  /** Asks libvirt something on its connection, which breaks when there is no answer. */
  async verify(): Promise<void> {
    await this.#connection.libVersion().catch((error) => {
      if (!(error instanceof LaneBroken)) throw error;
    });
  }

  /** Takes a second or so at most: what hangs then is freed when it comes back, see `hangs`. */
  async close(): Promise<void> {
    this.input.end();
    if (await inTime(PATIENCE, this.#stream.close())) {
      await inTime(PATIENCE, this.#connection.close());
      return;
    }
    this.#hangs = true;
    void this.#connection.close().then(() => this.#hangs = false);
  }
}
