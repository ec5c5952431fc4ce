import * as z from "../zod.ts";
import { time } from "./values.ts";

/** A message of the server, with its time. */
export const outgoing = <T extends string, D extends z.ZodMiniType>(type: T, data: D) =>
  z.object({ type: z.literal(type), timestamp: time, data });
