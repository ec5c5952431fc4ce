import { ERROR_CODES } from "../codes.ts";
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

/** What became of a command to several VMs: those it was given to, and why the others were not. */
export const CommandsGiven = z.object({
  commands: z.array(Command),
  /** `vm` is as it was asked for. */
  refused: z.array(z.object({ vm: z.string(), code: z.enum(ERROR_CODES), message: z.string() })),
});
export type CommandsGiven = z.infer<typeof CommandsGiven>;
