import * as z from "../zod.ts";

/** A parameter of an address that is a number of seconds. */
const secondsText = z.pipe(
  z.string().check(z.regex(/^\d+(\.\d+)?$/, { error: "is not a number of seconds" })),
  z.transform(Number),
);

/** Which part of a history: from `since` to `until` seconds ago, a point for every `step` seconds. */
export const MetricsQuery = z.object({
  since: z._default(
    secondsText.check(
      z.refine((value) => value > 0, { error: "is a number of seconds above 0" }),
    ),
    300,
  ),
  until: z._default(secondsText, 0),
  step: z.optional(
    secondsText.check(
      z.refine((value) => value >= 1 && value <= 86_400, { error: "is 1 to 86400 seconds" }),
    ),
  ),
});
