import type { ServerMessage } from "@/protocol/mod.ts";
import { sayChange } from "@/islands/hooks/changes.ts";
import { isNotable } from "@/islands/hooks/notable.ts";

/** Tells of an event, or of libvirt lost and back: to everyone what went wrong, the rest by voice. */
export function tell(message: ServerMessage): void {
  if (message.type === "event" && !isNotable(message)) {
    return sayChange({ ...message.data, time: message.timestamp });
  }
  void import("@/islands/hooks/toasts.tsx").then(({ tellMessage }) => tellMessage(message));
}
