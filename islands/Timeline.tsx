import { useState } from "preact/hooks";
import type { Event } from "@/protocol/mod.ts";
import {
  commandLine,
  type Happened,
  ofEvent,
  type Show,
  withNewer,
} from "@/components/happened.ts";
import { type Retriable, TimelineList } from "@/components/TimelineList.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { timeline } from "@/texts/mod.ts";

interface Props {
  lines: Happened[];
  /** Of this VM alone; null is the whole host. */
  vm: string | null;
  show: Show;
  mayRetry: Retriable;
}

const TOPICS = ["events"];
/** Lines that a page keeps, however long it is open. */
const MOST = 400;

/** What happened, as it happens. */
export function Timeline({ lines: first, vm, show, mayRetry }: Props) {
  const [lines, setLines] = useState(first);
  useEvents(TOPICS, ({ type, data, timestamp }) => {
    if (type !== "event" || (vm !== null && data.vm !== vm)) return;
    const event: Event = { ...data, time: timestamp };
    setLines((lines) => {
      const line = event.kind === "command" ? commandLine(lines, event) : ofEvent(event);
      if (!line || (show !== "all" && line.kind !== show)) return lines;
      return withNewer(lines, line, MOST);
    });
  });
  if (lines.length === 0) return <Nothing show={show} />;
  return <TimelineList lines={lines} named={vm === null} mayRetry={mayRetry} />;
}

function Nothing({ show }: { show: Show }) {
  return (
    <div class="empty">
      <h2>{timeline.nothing}</h2>
      <p>{show === "all" ? timeline.appears : timeline.appearsOf(timeline.shows[show])}</p>
    </div>
  );
}
