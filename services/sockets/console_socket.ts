import { CloseCode } from "@/protocol/codes.ts";
import { ConsoleSocketMessage } from "@/protocol/incoming/messages.ts";
import type { CONSOLE_PROTOCOL, EofReason } from "@/protocol/mod.ts";
import { fromBase64 } from "../base64.ts";
import type { Hold, Position, Presence, Viewer } from "../consoles/mod.ts";
import type { Attachment, Chunk, Typist } from "../consoles/mod.ts";
import { GlassError } from "../errors.ts";
import type { Services } from "../mod.ts";
import { may } from "@/services/identity/policy.ts";
import type { VMRecord } from "../vms/mod.ts";
import { ConsoleTrail } from "./console_trail.ts";
import type { ClientSocket, SocketHandler } from "./socket.ts";

/** Bytes that may be on their way to one viewer; one with more is not given any until it has read. */
const IN_FLIGHT = 256 * 1024;
/** Bytes of input after which a client is told how many were taken; and milliseconds when all were. */
const TELL_EVERY = 16 * 1024;
const TELL_LAST = 50;

/**
 * `/ws/vms/{name}/console`: the guest's bytes, and what is typed. As base64 in JSON, or with the
 * subprotocol as binary messages.
 */
export function consoleSocket(
  services: Services,
  record: VMRecord,
  from: Position | null,
  protocol: typeof CONSOLE_PROTOCOL | undefined,
): SocketHandler<typeof ConsoleSocketMessage> {
  let hold: Hold | null = null;
  let gone: Disposable | null = null;
  let trail: ConsoleTrail | null = null;
  const type = (bytes: Uint8Array) => {
    trail?.type();
    hold?.write(bytes);
  };
  return {
    accepts: ConsoleSocketMessage,
    protocol,
    opened(socket) {
      gone = services.vms.onChange((change) => {
        if (change.kind !== "removed" || change.record.uuid !== record.uuid) return;
        socket.close(CloseCode.vmGone, `VM "${record.name}" is gone.`);
      });
      const mayType = () => {
        const session = services.gate.sessions.current(socket.session);
        return session !== null && may(session, "console.write", record);
      };
      const viewer = new SocketViewer(socket, record, protocol !== undefined, mayType);
      hold = services.consoles.attach(record, viewer, from);
      trail = new ConsoleTrail(services.gate.audit, socket, record);
    },
    received(message) {
      switch (message.type) {
        case "console_input":
          return type(fromBase64(message.data.content));
        case "takeover":
          return trail?.takeOver((failed) => hold?.takeOver(failed));
        case "resize_hint":
          return hold?.resized(message.data);
      }
    },
    // Without the subprotocol a binary message is a mistake, not input.
    ...(protocol === undefined ? {} : { binary: type }),
    sessionChanged: () => hold?.changed(),
    closed() {
      gone?.[Symbol.dispose]();
      hold?.[Symbol.dispose]();
      trail?.leave();
    },
  };
}

/** @throws GlassError INVALID_MESSAGE when `?stream=` and `?offset=` are not both right */
export function resumePosition({ searchParams }: URL): Position | null {
  const [streamId, offset] = [searchParams.get("stream"), searchParams.get("offset")];
  if (streamId === null && offset === null) return null;
  if (streamId && offset !== null && /^\d{1,15}$/.test(offset)) {
    return { streamId, offset: Number(offset) };
  }
  throw new GlassError("INVALID_MESSAGE", "?stream=ID and &offset=N (a byte count) go together.");
}

/** A socket as a console sees it. */
class SocketViewer implements Viewer, Typist {
  readonly #socket: ClientSocket;
  readonly #record: VMRecord;
  readonly #binary: boolean;
  readonly mayType: () => boolean;
  #taken = 0;
  #told = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /** @param mayType asks the session as it is then: the socket may have closed long ago */
  constructor(socket: ClientSocket, record: VMRecord, binary: boolean, mayType: () => boolean) {
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
