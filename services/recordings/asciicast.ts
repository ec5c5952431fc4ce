/**
 * Lines of a terminal recording in the format that asciinema and its like play: a header, then one
 * event a line, all of it JSON. https://docs.asciinema.org/manual/asciicast/v2/
 */

export interface Header {
  /** Columns. */
  width: number;
  /** Rows. */
  height: number;
  /** Unix seconds at which it begins. */
  timestamp: number;
  title: string;
}

/** What the guest wrote, what somebody typed, and a mark with a label. */
export type EventCode = "o" | "i" | "m";

export function headerLine({ width, height, timestamp, title }: Header): string {
  return `${JSON.stringify({ version: 2, width, height, timestamp, title })}\n`;
}

/** @param seconds since the recording began */
export function eventLine(seconds: number, code: EventCode, text: string): string {
  return `${JSON.stringify([Number(seconds.toFixed(6)), code, text])}\n`;
}

/**
 * Bytes as the text that JSON needs. A character that is split over two chunks comes whole with the
 * second; what is no UTF-8 becomes U+FFFD, since the format has no place for it.
 */
export class ByteText {
  // Its mark at the beginning of a text is a character like any other to a terminal.
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  add(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true });
  }

  /** What is left of a character whose rest never came; it may be used anew afterwards. */
  end(): string {
    return this.#decoder.decode();
  }
}
