import type { EofReason } from "@/protocol/mod.ts";
import type { GlassError } from "../errors.ts";
import { Chunk } from "./chunk.ts";
import { Cursor, type Position } from "./cursor.ts";
import { Paced } from "./paced.ts";
import { Attendance } from "./presence.ts";
import { type LoggedStream, StreamLog } from "./stream_log.ts";
import type { Attachment, Size, Viewer } from "./viewer.ts";

/** Milliseconds between two looks at viewers that were not ready: nothing announces that. */
const CATCH_UP = 20;
/** Bytes that arrive at once before viewers get some of them; until then draining comes first. */
const BURST = 256 * 1024;
/**
 * Milliseconds from one serving to the next for each viewer: a message for everybody as often as
 * bytes come costs more than this machine has. What comes after a pause, such as an echo, is served
 * at once all the same.
 */
const PACE_PER_VIEWER = 0.2;
/** And from one telling of the others to the next: each tells everybody of everybody. */
const TELL_PER_VIEWER = 1;

/** Everybody who looks at one console: what it says goes to each of them, once and in order. */
export class Audience implements Disposable {
  readonly #log: StreamLog;
  readonly #scrollback: number;
  readonly #attendance = new Attendance();
  readonly #cursors = new Map<Viewer, Cursor>();
  readonly #behind = new Set<Cursor>();
  readonly #serving = new Paced(() => this.#serve());
  readonly #telling = new Paced(() => {
    if (!this.#attendance.tell()) this.#tryAgain();
  });
  /** How far viewers that keep up have been served. */
  #served = 0;
  #catchUp: ReturnType<typeof setInterval> | undefined;

  /** @param scrollback bytes that are remembered */
  constructor(scrollback: number) {
    this.#log = new StreamLog(scrollback);
    this.#scrollback = scrollback;
  }

  get count(): number {
    return this.#attendance.count;
  }

  /** Of the terminal that answers the guest, as far as it was told. */
  get size(): Size | null {
    return this.#attendance.size;
  }

  /** Adds a viewer, who first gets what it missed, or all that is remembered. */
  add(viewer: Viewer, from: Position | null): void {
    const id = this.#attendance.add(viewer);
    const attached = (attachment: Attachment) =>
      viewer.attached(attachment, id, this.#attendance.presence());
    const cursor = new Cursor(this.#log, viewer, attached, from);
    this.#cursors.set(viewer, cursor);
    this.#pump(cursor);
    this.announce();
  }

  remove(viewer: Viewer): void {
    const cursor = this.#cursors.get(viewer);
    if (!cursor) return;
    this.#cursors.delete(viewer);
    this.#behind.delete(cursor);
    this.#attendance.remove(viewer);
    this.announce();
  }

  /** Tells every viewer who is there, and what each may do. */
  announce(): void {
    this.#attendance.announce();
    this.#tell();
  }

  setRecording(recording: boolean): void {
    this.#attendance.recording = recording;
    this.announce();
  }

  /** Passes the size of the responder's terminal on to the others; anybody else's is not asked for. */
  resized(viewer: Viewer, size: Size): void {
    this.#attendance.resized(viewer, size);
    this.#tell();
  }

  refused(error: GlassError): void {
    for (const viewer of this.#cursors.keys()) viewer.refused(error);
  }

  /** A stream begins; viewers are told with its first bytes, or at the next `serve`. */
  begin(): LoggedStream {
    return this.#log.begin();
  }

  finish(stream: LoggedStream, reason: EofReason): void {
    this.#log.finish(stream, reason);
    this.serve();
  }

  receive(bytes: Uint8Array): void {
    // No more at once than is remembered: who keeps up must not get a gap.
    const most = Math.min(BURST, this.#scrollback);
    for (let at = 0; at < bytes.length; at += most) {
      const piece = bytes.subarray(at, at + most);
      if (this.#log.end + piece.length - this.#served > most) this.serve();
      this.#log.append(piece);
    }
    // After everything that has arrived was taken: QEMU drops what is not read soon enough.
    this.#serving.soon(PACE_PER_VIEWER * this.#cursors.size);
  }

  /** Gives every viewer what it has not had: those who kept up get the same bytes, made once. */
  serve(): void {
    this.#serving.now();
  }

  [Symbol.dispose](): void {
    this.#serving[Symbol.dispose]();
    this.#telling[Symbol.dispose]();
    clearInterval(this.#catchUp);
  }

  #serve(): void {
    const [from, to] = [this.#served, this.#log.end];
    this.#served = to;
    let chunk: Chunk | null = null;
    for (const cursor of this.#cursors.values()) {
      if (to > from && cursor.stands(from) && cursor.viewer.ready) {
        cursor.follow(chunk ??= new Chunk(this.#log.read(from, to)));
      }
      this.#pump(cursor);
    }
  }

  #tell(): void {
    this.#telling.soon(TELL_PER_VIEWER * this.#cursors.size);
  }

  #pump(cursor: Cursor): void {
    if (cursor.pump()) {
      this.#behind.delete(cursor);
      return;
    }
    this.#behind.add(cursor);
    this.#tryAgain();
  }

  #tryAgain(): void {
    this.#catchUp ??= setInterval(() => {
      for (const cursor of this.#behind) this.#pump(cursor);
      const told = this.#attendance.tell();
      if (!told || this.#behind.size > 0) return;
      clearInterval(this.#catchUp);
      this.#catchUp = undefined;
    }, CATCH_UP);
  }
}
