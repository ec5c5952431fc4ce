import type { EofReason } from "@/protocol/mod.ts";

/**
 * Hears what a console says and what is typed into it, a recording for example. Its methods must
 * neither block nor throw, and must not keep the arrays: they are used again.
 */
export interface ConsoleTap {
  /** Bytes of the guest, in order. */
  output(bytes: Uint8Array): void;
  /** Bytes that somebody typed, as they are handed to the guest. */
  input(bytes: Uint8Array): void;
  /** The stream ended; another may begin. */
  ended(reason: EofReason): void;
}
