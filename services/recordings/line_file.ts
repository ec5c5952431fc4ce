/** Bytes that may wait for the disk. */
const MAX_WAITING = 8 * 1024 * 1024;

/**
 * A file that grows by whole lines. Whoever has a line does not wait for the disk: what comes while a
 * write is under way is written together afterwards, and a disk that does not follow at all is a
 * failure.
 */
export class LineFile {
  readonly #file: Deno.FsFile;
  readonly #onFailure: (reason: string) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #written = 0;
  #writing: Promise<void> | null = null;
  #failed = false;

  /**
   * @param file is closed with this
   * @param onFailure is called once at most, with words for a person; no line is taken after it
   */
  constructor(file: Deno.FsFile, onFailure: (reason: string) => void) {
    this.#file = file;
    this.#onFailure = onFailure;
  }

  /** Bytes of whole lines that are in the file. */
  get written(): number {
    return this.#written;
  }

  /** Whether the file may end within a line. */
  get failed(): boolean {
    return this.#failed;
  }

  append(line: Uint8Array): void {
    if (this.#failed) return;
    if (this.#waitingBytes + line.length > MAX_WAITING) {
      return this.#fail("The disk does not keep up with what the console says.");
    }
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    this.#writing ??= this.#drain();
  }

  /** Resolves when everything is in the file, or failed to get there. */
  async close(): Promise<void> {
    await this.#writing;
    try {
      if (!this.#failed) await this.#file.syncData();
    } catch (error) {
      this.#fail(words(error));
    } finally {
      this.#file.close();
    }
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const bytes = joined(this.#waiting, this.#waitingBytes);
        this.#waiting = [];
        this.#waitingBytes = 0;
        for (let at = 0; at < bytes.length;) at += await this.#file.write(bytes.subarray(at));
        this.#written += bytes.length;
      }
    } catch (error) {
      this.#fail(words(error));
    } finally {
      this.#writing = null;
    }
  }

  #fail(reason: string): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#onFailure(reason);
  }
}

function joined(parts: Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const words = (error: unknown) => `It cannot be written: ${(error as Error).message}.`;
