import { giveToOwner } from "@/services/store/owner.ts";
import type { Link } from "./chain.ts";

const FORM = /^(\d{16}) ([0-9a-f]{64})\n$/;

/**
 * The end of the chain, kept apart from it, so that records which are missing there are missed. It
 * is written over in place, in one piece, and only with what is on the disk already: whatever ends
 * the machine, the head is never ahead of the log.
 */
export class HeadFile {
  readonly #dataDir: string;
  readonly #file: string;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#file = `${dataDir}/audit.head`;
  }

  get path(): string {
    return this.#file;
  }

  /** Null when there is none. @throws Error when it is none of ours, or cannot be read */
  read(): Link | null {
    let text: string;
    try {
      text = Deno.readTextFileSync(this.#file);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
    const [, seq, hash] = FORM.exec(text) ?? [];
    if (hash === undefined) throw new Error(`"${this.#file}" is damaged`);
    return { seq: Number(seq), hash };
  }

  write({ seq, hash }: Link): void {
    using file = Deno.openSync(this.#file, { write: true, create: true, mode: 0o600 });
    file.writeSync(new TextEncoder().encode(`${String(seq).padStart(16, "0")} ${hash}\n`));
    // The command line writes as root what the service has to write over.
    giveToOwner(this.#dataDir, ["audit.head"]);
  }
}
