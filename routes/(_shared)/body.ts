import type * as z from "zod/mini";
import { GlassError } from "@/services/errors.ts";

/**
 * The request's JSON body, validated.
 *
 * @throws GlassError INVALID_MESSAGE, saying which field is wrong and how
 */
export async function readBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parse(await request.text()));
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
