import type { ConsoleInputMessage } from "@/protocol/incoming/messages.ts";
import type * as z from "zod/mini";

/** Groups of base64: more than 30 bytes are no key that somebody waits for. */
const SHORT = 10;
const KEYSTROKE = new RegExp(
  String.raw`^\{"type":"console_input","data":\{"content":` +
    String.raw`"((?:[A-Za-z0-9+/]{4}){0,${SHORT}}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"\}\}$`,
);

/**
 * A typed key as most clients write it, known by sight: to be told by the schema, which says the same of
 * it, takes a tenth of a millisecond, and this is where somebody waits for each. Null for all else.
 */
export function keystroke(text: string): z.output<typeof ConsoleInputMessage> | null {
  const content = KEYSTROKE.exec(text)?.[1];
  return content === undefined ? null : { type: "console_input", data: { content } };
}
