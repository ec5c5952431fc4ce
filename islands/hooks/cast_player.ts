import type { CastEvent } from "@/islands/hooks/cast.ts";
import { mark } from "@/islands/hooks/terminal_mark.ts";

/** What shows a recording: a terminal. */
export interface Screen {
  /** As on the first day. */
  clear(): void;
  write(text: string): void;
  /** It has more to do than it should have; what comes now has to wait. */
  readonly busy: boolean;
}

/** Characters that are written at once, at most: a page must stay alive while it catches up. */
const STEP = 256 * 1024;

/**
 * Plays events on a screen. It has no clock of its own: `advance` says how much time went by. While
 * the screen is behind, time stands still.
 */
export class CastPlayer {
  readonly #screen: Screen;
  #events: CastEvent[];
  /** The first event that was not written yet. */
  #next = 0;
  #position = 0;
  playing = false;
  speed = 1;

  constructor(screen: Screen, events: CastEvent[]) {
    this.#screen = screen;
    this.#events = events;
  }

  /** Seconds. */
  get position(): number {
    return this.#position;
  }

  /** Seconds. */
  get duration(): number {
    return this.#events.at(-1)?.time ?? 0;
  }

  get atEnd(): boolean {
    return this.#position >= this.duration;
  }

  /** Plays on; from the beginning when it had come to the end. */
  play(): void {
    if (this.atEnd) this.seek(0);
    this.playing = true;
  }

  /** Shows what was there after so many seconds. */
  seek(position: number): void {
    const wanted = Math.min(this.duration, Math.max(0, position));
    // What is on the screen cannot be taken back: the way there begins anew.
    if (wanted < this.#position) {
      this.#screen.clear();
      this.#next = 0;
    }
    this.#position = wanted;
    this.#write();
  }

  /** The same events at other times; what was shown stays. */
  retime(events: CastEvent[]): void {
    this.#events = events;
    this.#position = events[this.#next - 1]?.time ?? 0;
  }

  /** @param seconds of the person who looks */
  advance(seconds: number): void {
    const upToDate = this.#write();
    if (!this.playing || !upToDate) return;
    this.#position = Math.min(this.duration, this.#position + seconds * this.speed);
    const complete = this.#write();
    if (complete && this.atEnd) this.playing = false;
  }

  /** Writes what belongs on the screen by now; false when there is more than it takes at once. */
  #write(): boolean {
    let text = "";
    while (!this.#screen.busy && text.length < STEP) {
      const event = this.#events[this.#next];
      if (!event || event.time > this.#position) break;
      this.#next++;
      if (event.code === "o") text += event.text;
      if (event.code === "m") text += mark(event.text);
    }
    if (text !== "") this.#screen.write(text);
    const next = this.#events[this.#next];
    return next === undefined || next.time > this.#position;
  }
}
