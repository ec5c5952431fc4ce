import type * as z from "zod";
import { GlassError } from "@/services/errors.ts";

const MAX_BODY = 64 * 1024;

/**
 * The request's JSON body, validated.
 *
 * @throws GlassError INVALID_MESSAGE, saying which field is wrong and how
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parse(await readText(request)));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  throw new GlassError("INVALID_MESSAGE", `The body is not valid: ${field}${issue.message}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GlassError("INVALID_MESSAGE", "The body is not JSON.");
  }
}

/** Reads no further than the limit, whatever Content-Length claims. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const bytes of request.body ?? []) {
    size += bytes.length;
    if (size > MAX_BODY) {
      throw new GlassError("INVALID_MESSAGE", `A body has at most ${MAX_BODY} bytes.`);
    }
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
