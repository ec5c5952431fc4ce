import type { ClientMessage } from "@/protocol.ts";
import { toBase64 } from "@/islands/hooks/base64.ts";

/** Bytes of input per message: in base64 and its envelope well below what the server takes. */
const CHUNK = 24 * 1024;

/** What was typed or pasted as messages to send in this order, each short enough for the server. */
export function* consoleInput(typed: Uint8Array): Generator<ClientMessage> {
  for (let at = 0; at < typed.length; at += CHUNK) {
    const content = toBase64(typed.subarray(at, at + CHUNK));
    yield { type: "console_input", data: { content } };
  }
}
