import * as z from "../zod.ts";

/** Chosen by whoever gives a command. Half a surrogate pair would not survive being stored. */
export const requestId = z.string().check(
  z.minLength(1),
  z.maxLength(128),
  z.refine((text) => text.isWellFormed(), { error: "is not well-formed text" }),
);
