import type { ConsoleViewer, EofReason } from "@/protocol/mod.ts";
import type { GlassError } from "../errors.ts";
import type { Chunk } from "./chunk.ts";

/** Where the bytes that follow belong: see `attached` in protocol/outgoing/console_messages.ts. */
export interface Attachment {
  streamId: string;
  offset: number;
  size: number;
}

/** Who looks at a console, and whether it is recorded. */
export interface Presence {
  viewers: ConsoleViewer[];
  responder: string | null;
  recording: boolean;
}

/** A terminal's size. */
export interface Size {
  columns: number;
  rows: number;
}

/** Somebody who looks at a console. Its methods must neither block nor throw. */
export interface Viewer {
  readonly user: string;
  /** Asked anew each time: a role may change while one looks. */
  readonly readOnly: boolean;
  /** Whether it takes more now. While it does not, it falls behind and nobody else does. */
  readonly ready: boolean;
  attached(attachment: Attachment, viewerId: string, presence: Presence): void;
  /** Bytes of the guest. The same object goes to every viewer: nobody may change it. */
  output(chunk: Chunk): void;
  /** Bytes `from` up to `to` of the stream are not there any more. */
  gap(from: number, to: number): void;
  ended(reason: EofReason): void;
  /** Why there is no console at the moment, or what became of input. */
  refused(error: GlassError): void;
  presence(presence: Presence): void;
  /** The terminal of whoever answers the guest has another size now. */
  resized(columns: number, rows: number): void;
}
