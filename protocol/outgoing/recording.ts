import * as z from "../zod.ts";
import { count, textOrNull, time, uuid } from "./values.ts";

/** One recording of a console; `endedAt` is null while it runs. `bytes` is the file's size. */
export const Recording = z.object({
  id: z.string(),
  vm: z.string(),
  uuid,
  startedBy: z.string(),
  startedAt: time,
  endedAt: z.nullable(time),
  /** Why it ended, in words. */
  ended: textOrNull,
  bytes: count,
  /** Whether what was typed is in it. */
  input: z.boolean(),
});
export type Recording = z.infer<typeof Recording>;
