import type { ServerMessage } from "@/protocol/mod.ts";

/** Events that are told wherever one is, but for what this page tells already: see told_here.ts. */
export function isNotable({ type, data }: ServerMessage): boolean {
  if (type !== "event") return false;
  const { kind, detail } = data;
  if (kind === "command") return detail.state === "failed";
  if (kind === "lifecycle") {
    const words = `${detail.event} ${detail.detail}`;
    return /crashed|suspended (I\/O error|watchdog|API error)|stopped failed/.test(words);
  }
  return /^(io_error|memory_failure|control_error)$/.test(kind);
}
