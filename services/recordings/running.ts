import type { EofReason } from "@/protocol/mod.ts";
import type { ConsoleTap } from "../consoles/tap.ts";
import { ByteText, type EventCode, eventLine, type Header, headerLine } from "./asciicast.ts";
import { LineFile } from "./line_file.ts";

export interface RunningOptions {
  header: Header;
  /** Bytes that the file may have. */
  maxSize: number;
  /** Whether what is typed is recorded too. */
  input: boolean;
  /** Called once, when it can go no further by itself; whoever hears it calls `close`. */
  onEnd: (cause: EndCause, reason: string) => void;
  /** Called when a stream of the console ends; the recording goes on. */
  onStreamEnd: (reason: EofReason) => void;
}

/** What ended a recording from within. */
export type EndCause = "full" | "failed";

/** Labels of the marks at which one stream of the console ends; what follows is another. */
const MARKS: Record<EofReason, string> = {
  stopped: "The guest stopped.",
  taken: "Another program took the console.",
  lost: "The connection to libvirt was lost.",
};

const encoder = new TextEncoder();

/** A recording while it is made: hears a console, and writes what it hears with its time. */
export class RunningRecording implements ConsoleTap {
  readonly #options: RunningOptions;
  readonly #file: LineFile;
  readonly #output = new ByteText();
  readonly #input = new ByteText();
  /** The monotonic clock, so that a recording has no holes when somebody sets the other one. */
  readonly #begin = performance.now();
  #bytes = 0;
  #over = false;

  /** @param file empty; is closed with the recording */
  constructor(file: Deno.FsFile, options: RunningOptions) {
    this.#options = options;
    this.#file = new LineFile(file, (reason) => this.#end("failed", reason));
    this.#append(headerLine(options.header));
  }

  /** Bytes of whole lines that are in the file. */
  get written(): number {
    return this.#file.written;
  }

  /** Whether the file may end within a line. */
  get failed(): boolean {
    return this.#file.failed;
  }

  output(bytes: Uint8Array): void {
    this.#event("o", this.#output.add(bytes));
  }

  input(bytes: Uint8Array): void {
    if (this.#options.input) this.#event("i", this.#input.add(bytes));
  }

  ended(reason: EofReason): void {
    this.#flush();
    this.#event("m", MARKS[reason]);
    if (!this.#over) this.#options.onStreamEnd(reason);
  }

  /** Resolves when the file is complete. */
  async close(): Promise<void> {
    this.#flush();
    this.#over = true;
    await this.#file.close();
  }

  /** What is left of characters whose rest will not come. */
  #flush(): void {
    this.#event("o", this.#output.end());
    this.#event("i", this.#input.end());
  }

  #event(code: EventCode, text: string): void {
    if (text === "") return;
    this.#append(eventLine((performance.now() - this.#begin) / 1000, code, text));
  }

  #append(line: string): void {
    if (this.#over) return;
    const bytes = encoder.encode(line);
    const { maxSize } = this.#options;
    if (this.#bytes + bytes.length > maxSize) {
      return this.#end("full", `It reached ${maxSize} bytes, the most that it may have.`);
    }
    this.#bytes += bytes.length;
    this.#file.append(bytes);
  }

  #end(cause: EndCause, reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.onEnd(cause, reason);
  }
}
