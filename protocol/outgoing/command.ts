import { action } from "../values.ts";
import * as z from "../zod.ts";
import { textOrNull, time, uuid } from "./values.ts";

/** One command of the history; `endedAt`, `success` and `message` are null while it runs. */
export const Command = z.object({
  requestId: z.string(),
  user: z.string(),
  vm: z.string(),
  uuid,
  action,
  force: z.boolean(),
  createdAt: time,
  endedAt: z.nullable(time),
  success: z.nullable(z.boolean()),
  message: textOrNull,
});
export type Command = z.infer<typeof Command>;
