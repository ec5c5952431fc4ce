import type { Recording } from "@/protocol/mod.ts";
import { recordings } from "@/texts/mod.ts";

/** Seconds that a recording lasts, or has lasted so far. @param now the server's clock in ms */
export function elapsed({ startedAt, endedAt }: Recording, now: number): number {
  return ((endedAt === null ? now : Date.parse(endedAt)) - Date.parse(startedAt)) / 1000;
}

/** Who started it. Names of users have no parentheses: those stand for the configuration. */
export function starter({ startedBy }: Recording): string {
  return startedBy.startsWith("(") ? recordings.automatic : startedBy;
}
