import type { ServerMessage } from "@/protocol/mod.ts";

/** Request ids of commands whose outcome stands on this page: no notice tells of it too. */
export const toldHere = new Set<unknown>();

export function isToldHere({ type, data }: ServerMessage): boolean {
  return type === "event" && toldHere.has(data.detail.requestId);
}
