import { useRef } from "preact/hooks";
import { hostIn } from "@/components/host_in.ts";
import { redrawer } from "@/islands/hooks/redraw.ts";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { useEventsSince } from "@/islands/hooks/useEventsSince.ts";

interface Props {
  /** The VM's name. */
  vm: string;
  /** The id of what tells of it. */
  part: string;
  /** Number of the last event before it was drawn. */
  mark: number;
}

/** Has a part of the page that the server draws tell the truth when something has happened to the VM. */
export function VMPart({ vm, part, mark }: Props) {
  const redraw = useRef(redrawer(part)).current;
  const connected = useRef(true);
  useEventsSince(mark, {
    onEvent: (event) => {
      if (event.vm === vm && !ASIDE.test(event.kind)) redraw();
    },
    onGap: redraw,
  });
  useEvents(["host"], (message) => {
    const before = connected.current;
    connected.current = hostIn(message)?.libvirt.connected ?? before;
    // What happened while libvirt was away nobody has announced.
    if (!before && connected.current) redraw();
  });
  return null;
}

/** Events that change nothing of a VM. */
const ASIDE = /^(command|console|graphics|rtc)$/;
