/** Reads a connection by so many bytes, or up to a mark. */
export class ByteReader {
  readonly #connection: Deno.Conn;
  #bytes = new Uint8Array();

  constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /** The next `count` bytes; null when the connection ends before. */
  async exactly(count: number): Promise<Uint8Array | null> {
    while (this.#bytes.length < count) if (!await this.#more()) return null;
    return this.#take(count);
  }

  /** What comes up to `mark` and with it, as Latin-1. @throws Error when the connection ends before */
  async until(mark: string): Promise<string> {
    for (;;) {
      const text = String.fromCharCode(...this.#bytes);
      const at = text.indexOf(mark);
      if (at >= 0) {
        this.#take(at + mark.length);
        return text.slice(0, at + mark.length);
      }
      if (!await this.#more()) throw new Error(`the connection ended after "${text}"`);
    }
  }

  #take(count: number): Uint8Array {
    const taken = this.#bytes.slice(0, count);
    this.#bytes = this.#bytes.slice(count);
    return taken;
  }

  async #more(): Promise<boolean> {
    const buffer = new Uint8Array(65_536);
    const count = await this.#connection.read(buffer).catch((error) => {
      if (error instanceof Deno.errors.ConnectionReset) return null;
      throw error;
    });
    if (count === null) return false;
    const joined = new Uint8Array(this.#bytes.length + count);
    joined.set(this.#bytes);
    joined.set(buffer.subarray(0, count), this.#bytes.length);
    this.#bytes = joined;
    return true;
  }
}
