import { GlassError } from "../errors.ts";
import { keepWholeLines } from "./whole_lines.ts";

/** The ids that virtglass gives; nothing else may become part of a path. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const STEP = 64 * 1024;

/** The bytes of a recording, to be sent. */
export interface StoredCast {
  size: number;
  /** Reads the file while it is taken, and closes it at the end of that. */
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** The files of recordings, in a folder that only virtglass's own user may enter. */
export class RecordingFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A new, empty file. @throws GlassError naming the VM when there can be none */
  create(id: string, vm: string): Deno.FsFile {
    try {
      Deno.mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      return Deno.openSync(this.#path(id), { write: true, createNew: true, mode: 0o600 });
    } catch (error) {
      throw troubled(`Cannot record the console of VM "${vm}"`, error);
    }
  }

  /** When the file was written last, in Unix ms; null when there is none. */
  find(id: string): { changedAt: number } | null {
    try {
      return { changedAt: Deno.statSync(this.#path(id)).mtime?.getTime() ?? Date.now() };
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  }

  /** Cuts it after its last whole line; returns its size. */
  repair(id: string): number {
    return keepWholeLines(this.#path(id));
  }

  /** The first `size` bytes, or all. @throws GlassError NOT_FOUND */
  async read(id: string, size?: number): Promise<StoredCast> {
    const path = this.#path(id);
    const length = size ?? (await Deno.stat(path).catch(() => gone(id))).size;
    return { size: length, body: ReadableStream.from(bytesOf(path, length)) };
  }

  /** What is not there is removed. @throws GlassError when the file stays */
  async remove(id: string): Promise<void> {
    const path = this.#path(id);
    try {
      await Deno.remove(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      throw troubled("Cannot delete the recording", error);
    }
  }

  #path(id: string): string {
    if (!ID.test(id)) gone(id);
    return `${this.#folder}/${id}.cast`;
  }
}

/** The folder does not let us. */
function troubled(what: string, cause: unknown): GlassError {
  const { message } = cause as Error;
  const advice = 'Look at the folder "recordings" in virtglass\'s data folder.';
  return new GlassError("INTERNAL", `${what}: ${message}. ${advice}`, { cause });
}

function gone(id: string): never {
  throw new GlassError("NOT_FOUND", `There is no recording "${id}".`);
}

/** Opens it only when somebody reads: an answer to HEAD leaves nothing open. */
async function* bytesOf(path: string, length: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  for (let left = length; left > 0;) {
    const bytes = new Uint8Array(Math.min(STEP, left));
    const count = await file.read(bytes);
    if (count === null) throw new Error(`${path} is shorter than it was`);
    left -= count;
    yield bytes.subarray(0, count);
  }
}
