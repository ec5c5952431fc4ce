import type { Action, Event, ServerMessage } from "@/protocol/mod.ts";
import { choiceOf, ofEvent } from "@/components/happened.ts";
import { hostIn } from "@/components/host_in.ts";
import { notices, power, wire } from "@/texts/mod.ts";

/** Something that one is told of wherever one is. */
export interface Notice {
  id: string;
  title: string;
  text: string;
  tone: "pending" | "good" | "bad";
  /** RFC 3339. */
  time: string;
  /** Where more of it is; null where there is none. */
  href: string | null;
}

/** The notice about an event, or about libvirt; null for what is none. */
export function noticeOf(message: ServerMessage): Notice | null {
  const { type, timestamp: time, data } = message;
  const host = hostIn(message);
  if (host) {
    const { connected, since, message: said } = host.libvirt;
    const id = `libvirt ${connected} ${since}`;
    return connected
      ? { id, title: notices.libvirtBack, text: host.uri, tone: "good", time, href: "/" }
      : {
        id,
        title: notices.libvirtLost,
        text: wire.words(said ?? ""),
        tone: "bad",
        time,
        href: "/",
      };
  }
  if (type !== "event") return null;
  const { seq, kind, vm, detail } = data;
  const href = vm === null ? "/activity" : `/vms/${encodeURIComponent(vm)}/history`;
  const id = `event ${seq}`;
  const name = vm ?? notices.theHost;
  if (kind === "command") {
    const action = String(detail.action) as Action;
    const label = power.labels[choiceOf({ action, force: detail.force === true })];
    const title = notices.failed(label, name);
    return {
      id,
      title,
      text: `${detail.user}: ${wire.words(String(detail.message))}`,
      tone: "bad",
      time,
      href,
    };
  }
  const line = ofEvent({ ...data, time });
  if (!line) return null;
  return {
    id,
    title: titleOf(name, kind, detail, line.what),
    text: line.note,
    tone: "bad",
    time,
    href,
  };
}

function titleOf(name: string, kind: string, detail: Event["detail"], what: string): string {
  if (kind !== "lifecycle") return `${name}: ${what}`;
  if (detail.event === "suspended") return notices.pausedByError(name);
  return detail.event === "crashed" || detail.detail === "crashed"
    ? notices.crashed(name)
    : `${name}: ${what}`;
}
