import type { Terminal } from "@xterm/xterm";
import type { Arrival, ConsoleSink } from "@/islands/hooks/console_client.ts";
import { mark } from "@/islands/hooks/terminal_mark.ts";
import type { EofReason } from "@/protocol/mod.ts";
import { consoleWords, language } from "@/texts/mod.ts";

/** Bytes that may wait to be drawn; a browser that is slower than its guest skips the rest. */
const MOST_WAITING = 16 * 1024 * 1024;

/**
 * What a guest that is gone may have left on: other screen, mouse, keypad, marks around pastes. The
 * cursor is saved first, because leaving the other screen restores it, also where one is not on it.
 */
const SANE = "\x18\x1b7\x1b[?1049l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l\x1b[?1l" +
  "\x1b>\x1b[!p\x1b[?25h\x1b[?7h\x0f";

/**
 * The guest's output on its way into a terminal, with a dim line wherever it does not simply go on.
 * xterm reads it later, piece by piece; `past` is true while a piece is read that is old.
 */
export class TerminalOutput implements ConsoleSink {
  readonly #terminal: Pick<Terminal, "write">;
  #past = false;
  #written = false;
  #waiting = 0;
  #skipped = 0;

  constructor(terminal: Pick<Terminal, "write">) {
    this.#terminal = terminal;
  }

  get past(): boolean {
    return this.#past;
  }

  attached(arrival: Arrival): void {
    if (arrival === "next") this.#divide(consoleWords.again);
    if (arrival === "anew") {
      this.#divide(consoleWords.anew, SANE);
    }
  }

  /** Once something is skipped all is, until that is told: nothing stands there as if it went on. */
  write(bytes: Uint8Array, past: boolean): void {
    if (this.#skipped > 0 || this.#waiting >= MOST_WAITING) {
      this.#skipped += bytes.length;
      return;
    }
    this.#mark(past);
    this.#waiting += bytes.length;
    this.#terminal.write(bytes, () => {
      this.#waiting -= bytes.length;
      if (this.#waiting <= MOST_WAITING / 2) this.#tellSkipped();
    });
  }

  gap(bytes: number): void {
    this.#skipped += bytes;
    this.#tellSkipped();
  }

  eof(reason: EofReason): void {
    this.#divide(consoleWords.ends[reason], SANE);
  }

  #tellSkipped(): void {
    if (this.#skipped === 0) return;
    const words = consoleWords.skipped(this.#skipped.toLocaleString(language));
    this.#skipped = 0;
    this.#divide(words, "\x18");
  }

  #divide(words: string, before = ""): void {
    this.#tellSkipped();
    this.#terminal.write(before + mark(words));
  }

  /** Told in line with the bytes, because xterm reads those later. */
  #mark(past: boolean): void {
    if (past === this.#written) return;
    this.#written = past;
    this.#terminal.write("", () => this.#past = past);
  }
}
