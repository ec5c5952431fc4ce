import type { EofReason } from "@/protocol/mod.ts";
import { may } from "@/services/identity/policy.ts";
import type { Attachment, Chunk, Presence, Typist, Viewer } from "../consoles/mod.ts";
import { GlassError } from "../errors.ts";
import type { VMRecord } from "../vms/mod.ts";
import type { ClientSocket } from "./socket.ts";

/** Bytes that may be on their way to one viewer; one with more is not given any until it has read. */
const IN_FLIGHT = 256 * 1024;
/** Bytes of input after which a client is told how many were taken; and milliseconds when all were. */
const TELL_EVERY = 16 * 1024;
const TELL_LAST = 50;

/** A socket as a console sees it. */
export class SocketViewer implements Viewer, Typist {
  readonly #socket: ClientSocket;
  readonly #record: Pick<VMRecord, "uuid" | "name">;
  readonly #binary: boolean;
  readonly mayType: () => boolean;
  #taken = 0;
  #told = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param binary whether bytes go as they are, by the subprotocol
   * @param mayType asks the session as it is then: the socket may have closed long ago
   */
  constructor(
    socket: ClientSocket,
    record: Pick<VMRecord, "uuid" | "name">,
    binary: boolean,
    mayType: () => boolean,
  ) {
    this.#socket = socket;
    this.#record = record;
    this.#binary = binary;
    this.mayType = mayType;
  }

  get user(): string {
    return this.#socket.session.user.name;
  }

  get readOnly(): boolean {
    return !may(this.#socket.session, "console.write", this.#record);
  }

  get ready(): boolean {
    return this.#socket.buffered < IN_FLIGHT;
  }

  attached(attachment: Attachment, viewerId: string, presence: Presence): void {
    const { readOnly } = this;
    this.#socket.push("attached", { ...attachment, readOnly, viewerId, ...presence });
  }

  output(chunk: Chunk): void {
    if (this.#binary) this.#socket.sendBytes(chunk.bytes);
    else this.#socket.send(chunk.message);
  }

  gap(from: number, to: number): void {
    this.#socket.push("gap", { from, to });
  }

  ended(reason: EofReason): void {
    if (this.#binary) this.#socket.push("eof", { reason });
    else this.#socket.push("console", { content: "", eof: true });
  }

  refused(error: GlassError): void {
    this.#socket.fail(error);
  }

  presence(presence: Presence): void {
    this.#socket.push("presence", presence);
  }

  resized(columns: number, rows: number): void {
    this.#socket.push("resize_hint", { columns, rows });
  }

  taken(bytes: number, waiting: number): void {
    this.#taken += bytes;
    if (this.#taken - this.#told >= TELL_EVERY) this.#tell();
    // Soon, but not in the way of the echo.
    else if (waiting === 0) this.#telling ??= setTimeout(() => this.#tell(), TELL_LAST);
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#told = this.#taken;
    this.#socket.push("input", { taken: this.#taken });
  }

  dropped(bytes: number, why: "ended" | "forbidden"): void {
    this.#taken += bytes;
    this.#tell();
    const name = `VM "${this.#record.name}"`;
    const error = why === "ended"
      ? new GlassError(
        "CONSOLE_STALLED",
        `The console of ${name} ended before the guest had read the last ${bytes} bytes that you typed: they are lost.`,
      )
      : new GlassError(
        "FORBIDDEN",
        `The last ${bytes} bytes that you typed into ${name} are dropped: you may not type any more.`,
      );
    this.#socket.fail(error);
  }
}
