import type { Host, ServerMessage } from "@/protocol/mod.ts";

/** The host as a message tells it; undefined where it tells of something else. */
export function hostIn({ type, data }: ServerMessage): Host | undefined {
  return type === "host" ? data : type === "subscribed" ? data.host : undefined;
}
