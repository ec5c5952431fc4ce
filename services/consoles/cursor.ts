import { Chunk } from "./chunk.ts";
import type { LoggedStream, StreamLog } from "./stream_log.ts";
import type { Attachment, Viewer } from "./viewer.ts";

/** Bytes handed over at once to a viewer that catches up. */
const PIECE = 64 * 1024;

/** Where a client wants to go on: after byte `offset` of stream `streamId`. */
export interface Position {
  streamId: string;
  offset: number;
}

/**
 * How far one viewer has come in a console's log. Nothing is queued for a viewer: one that is not
 * ready stays where it is, and what the log forgets meanwhile becomes its gap.
 */
export class Cursor {
  readonly viewer: Viewer;
  readonly #log: StreamLog;
  readonly #attached: (attachment: Attachment) => void;
  /** The end of the log when the viewer came: what was said before is old to it, and nothing later. */
  readonly #came: number;
  #stream: LoggedStream | null = null;
  /** The next byte to hand over, counted as the log counts. */
  #at = 0;
  /** Whether the end of `#stream` was told. */
  #over = true;

  /** `attached` tells the viewer that a stream begins. */
  constructor(
    log: StreamLog,
    viewer: Viewer,
    attached: (attachment: Attachment) => void,
    from: Position | null,
  ) {
    this.#log = log;
    this.viewer = viewer;
    this.#attached = attached;
    this.#came = log.end;
    const resumed = from ? log.find(from.streamId) : undefined;
    const held = (resumed?.end ?? log.end) - (resumed?.base ?? 0);
    if (resumed && from && from.offset <= held) this.#enter(resumed, resumed.base + from.offset);
    else {
      const oldest = log.oldest();
      if (oldest) this.#enter(oldest, Math.max(oldest.base, log.start));
    }
  }

  /** Whether it has been given all there is, up to byte `at`. */
  stands(at: number): boolean {
    return this.#at === at && !this.#over;
  }

  /** Hands over bytes that have just arrived, where `stands` held before them. */
  follow(chunk: Chunk): void {
    this.viewer.output(chunk);
    this.#at += chunk.bytes.length;
  }

  /** Hands over what is there; false when the viewer was not ready for all of it. */
  pump(): boolean {
    for (;;) {
      if (this.#over) {
        const next = this.#log.next(this.#stream);
        if (!next) return true;
        if (!this.viewer.ready) return false;
        this.#enter(next, next.base);
      }
      const stream = this.#stream!;
      if (!this.#catchUp(stream)) return false;
      if (stream.end === null) return true;
      this.viewer.ended(stream.reason);
      this.#over = true;
    }
  }

  #enter(stream: LoggedStream, at: number): void {
    this.#stream = stream;
    this.#at = at;
    this.#over = false;
    const old = Math.min(stream.end ?? this.#log.end, this.#came);
    const size = Math.max(0, old - Math.max(at, this.#log.start));
    this.#attached({ streamId: stream.id, offset: at - stream.base, size });
  }

  #catchUp(stream: LoggedStream): boolean {
    const end = stream.end ?? this.#log.end;
    while (this.#at < end) {
      if (!this.viewer.ready) return false;
      this.#skipForgotten(stream, end);
      const to = Math.min(end, this.#at + PIECE);
      if (to > this.#at) this.follow(new Chunk(this.#log.read(this.#at, to)));
    }
    return true;
  }

  #skipForgotten(stream: LoggedStream, end: number): void {
    const held = Math.min(end, this.#log.start);
    if (this.#at >= held) return;
    this.viewer.gap(this.#at - stream.base, held - stream.base);
    this.#at = held;
  }
}
