import * as z from "../zod.ts";

/** Chosen by whoever gives a command. Half a surrogate pair would not survive being stored. */
export const requestIdOf = (most: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(most),
    z.refine((text) => text.isWellFormed(), { error: "is not well-formed text" }),
  );

export const requestId = requestIdOf(128);
