import { toBase64 } from "../base64.ts";
import { encode } from "../hub.ts";

/** Guest bytes on their way out; as a message of the wire they are encoded once for all viewers. */
export class Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  #message: string | null = null;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }

  /** The `console` message with these bytes. */
  get message(): string {
    return this.#message ??= encode("console", { content: toBase64(this.bytes), eof: false });
  }
}
