import type { EofReason } from "@/protocol/mod.ts";
import { toBase64Url } from "../base64.ts";
import { randomBytes } from "../random.ts";
import { Scrollback } from "./scrollback.ts";

/** Streams that are remembered; a guest that starts over and over must not make a list without end. */
const MAX_STREAMS = 8;

/** One libvirt stream in the log. `base` and `end` count all bytes of the log, of every stream. */
export interface LoggedStream {
  readonly id: string;
  /** Grows with every stream. */
  readonly order: number;
  readonly base: number;
  /** Null while it goes on. */
  end: number | null;
  reason: EofReason;
}

/**
 * What a VM's console said lately, over all its streams: one ring of bytes, and where in it each stream
 * begins and ends. Offsets of the wire count within a stream; inside, everything is counted in one.
 */
export class StreamLog {
  readonly #scrollback: Scrollback;
  #streams: LoggedStream[] = [];
  #begun = 0;

  constructor(limit: number) {
    this.#scrollback = new Scrollback(limit);
  }

  /** The number of the oldest byte that is held. */
  get start(): number {
    return this.#scrollback.start;
  }

  /** The number of the next byte to come. */
  get end(): number {
    return this.#scrollback.end;
  }

  begin(): LoggedStream {
    const id = toBase64Url(randomBytes(9));
    const stream: LoggedStream = {
      id,
      order: ++this.#begun,
      base: this.end,
      end: null,
      reason: "stopped",
    };
    // Of streams that have left the ring there is nothing to show.
    const held = this.#streams.filter(({ end }) => end === null || end > this.start);
    this.#streams = [...held, stream].slice(-MAX_STREAMS);
    return stream;
  }

  append(bytes: Uint8Array): void {
    this.#scrollback.append(bytes);
  }

  finish(stream: LoggedStream, reason: EofReason): void {
    if (stream.end !== null) return;
    stream.end = this.end;
    stream.reason = reason;
  }

  find(id: string): LoggedStream | undefined {
    return this.#streams.find((stream) => stream.id === id);
  }

  /** The first stream after `known`, or of all. */
  next(known: LoggedStream | null): LoggedStream | undefined {
    return this.#streams.find(({ order }) => order > (known?.order ?? 0));
  }

  /** The oldest stream of which something is held, or that goes on. */
  oldest(): LoggedStream | undefined {
    return this.#streams.find(({ end }) => end === null || end > this.start) ??
      this.#streams.at(-1);
  }

  /** A copy of the bytes from `from` up to `to`; both must be held. */
  read(from: number, to: number): Uint8Array<ArrayBuffer> {
    return this.#scrollback.read(from, to);
  }
}
