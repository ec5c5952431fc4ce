import { type Connection, type ConsoleStream, LaneBroken } from "@/libvirt/mod.ts";
import type { EofReason } from "@/protocol.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { ConsoleInput, type Gate } from "./input.ts";

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
      await connection.close();
      throw error;
    }
  }

  /** Asks libvirt something on its connection, which breaks when there is no answer. */
  async verify(): Promise<void> {
    await this.#connection.libVersion().catch((error) => {
      if (!(error instanceof LaneBroken)) throw error;
    });
  }

  async close(): Promise<void> {
    this.input.end();
    await this.#stream.close();
    await this.#connection.close();
  }
}
