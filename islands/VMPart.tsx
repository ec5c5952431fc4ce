import { useEffect, useRef } from "preact/hooks";
import { redrawer } from "@/islands/hooks/redraw.ts";
import { useEvents } from "@/islands/hooks/useEvents.ts";

interface Props {
  /** The VM's name. */
  vm: string;
  /** The id of what tells of it. */
  part: string;
}

/** Has a part of the page that the server draws tell the truth when something has happened to the VM. */
export function VMPart({ vm, part }: Props) {
  const redraw = useRef(redrawer(part)).current;
  const away = useRef(false);
  const { kind } = useEvents(["events"], ({ type, data }) => {
    if (type === "event" && data.vm === vm && !ASIDE.test(data.kind)) redraw();
    // Anything may have happened meanwhile.
    if (type === "subscribed" && away.current) {
      away.current = false;
      redraw();
    }
  });
  useEffect(() => {
    if (kind === "waiting" || kind === "offline") away.current = true;
  }, [kind]);
  return null;
}

/** Events that change nothing of a VM. */
const ASIDE = /^(command|console|graphics|rtc)$/;
