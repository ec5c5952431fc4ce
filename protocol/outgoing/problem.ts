import { ERROR_CODES } from "../codes.ts";
import * as z from "../zod.ts";

/** RFC 9457 problem details. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(ERROR_CODES),
});
export type Problem = z.infer<typeof Problem>;
