import type * as z from "zod/mini";
import { Answerable } from "@/protocol/incoming/messages.ts";
import { GlassError } from "../errors.ts";

/** A client's heartbeat as most write it, our pages among them. */
export const HEARTBEAT = JSON.stringify({ type: "heartbeat", data: {} });

/** A message that makes no sense, but may have said by which id it wants to be answered. */
export class InvalidMessage extends GlassError {
  readonly requestId: string | undefined;

  constructor(message: string, requestId: string | undefined) {
    super("INVALID_MESSAGE", message);
    this.requestId = requestId;
  }
}

/**
 * A client's text message, validated.
 *
 * @throws GlassError INVALID_MESSAGE, saying which field is wrong and how
 */
export function parseMessage<Schema extends z.ZodMiniType>(
  text: string,
  schema: Schema,
): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid("The message is not JSON.");
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new InvalidMessage(
    `The message is not valid: ${field}${issue.message}`,
    Answerable.safeParse(json).data?.data.requestId,
  );
}

export const invalid = (message: string) => new GlassError("INVALID_MESSAGE", message);

const encoder = new TextEncoder();

/** Whether a message is longer than this in bytes; short texts are not encoded to know it. */
export function isLonger(data: string | ArrayBuffer, most: number): boolean {
  if (typeof data !== "string") return data.byteLength > most;
  if (data.length > most) return true;
  return data.length * 3 > most && encoder.encode(data).length > most;
}

/** The text, cut at a character so that it has at most so many bytes. */
export function cut(text: string, most: number): string {
  if (!isLonger(text, most)) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(most - 3));
  return `${text.slice(0, read)}…`;
}
