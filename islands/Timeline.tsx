import { useState } from "preact/hooks";
import type { Event } from "@/protocol/mod.ts";
import {
  belongs,
  commandLine,
  ofEvent,
  type Only,
  type Past,
  withNewer,
} from "@/components/happened.ts";
import { Pages } from "@/components/Pages.tsx";
import { type Retriable, TimelineList } from "@/components/TimelineList.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { timeline } from "@/texts/mod.ts";

interface Props {
  past: Past;
  only: Only;
  /** Whether this is the newest page, where new lines appear. */
  live: boolean;
  /** Of the newest page. */
  address: string;
  mayRetry: Retriable;
}

const TOPICS = ["events"];
/** Lines that a page keeps, however long it is open. */
const MOST = 400;

/** What happened, as it happens. */
export function Timeline({ past: first, only, live, address, mayRetry }: Props) {
  const [past, setPast] = useState(first);
  const { lines, more } = past;
  useEvents(TOPICS, ({ type, data, timestamp }) => {
    if (type !== "event") return;
    const event: Event = { ...data, time: timestamp };
    setPast((past) => {
      const line = event.kind === "command" ? commandLine(past.lines, event) : ofEvent(event);
      if (!line || !belongs(line, only)) return past;
      if (!live && !past.lines.some(({ id }) => id === line.id)) return past;
      return withNewer(past, line, MOST);
    });
  });
  return (
    <>
      {lines.length === 0
        ? <Nothing only={only} live={live} />
        : <TimelineList lines={lines} named={only.vm === null} mayRetry={mayRetry} />}
      <Pages
        label={timeline.pages}
        newest={live ? null : address}
        older={more ? before(address, lines.at(-1)!.time) : null}
      />
    </>
  );
}

const before = (address: string, time: string) =>
  `${address}${address.includes("?") ? "&" : "?"}before=${time}`;

function Nothing({ only: { show, vm, user }, live }: { only: Only; live: boolean }) {
  const [title, note] = live && vm === null && user === null
    ? [
      timeline.nothing,
      show === "all" ? timeline.appears : timeline.appearsOf(timeline.shows[show]),
    ]
    : [timeline.none, timeline.noneNote];
  return (
    <div class="empty">
      <h2>{title}</h2>
      <p>{note}</p>
    </div>
  );
}
