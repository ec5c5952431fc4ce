import { useState } from "preact/hooks";
import {
  belongs,
  commandLine,
  type Found,
  ofEvent,
  type Only,
  timelineOf,
  withNewer,
} from "@/components/happened.ts";
import { Pages } from "@/components/Pages.tsx";
import { type Retriable, TimelineList } from "@/components/TimelineList.tsx";
import { WarningSign } from "@/components/WarningSign.tsx";
import { useEventsSince } from "@/islands/hooks/useEventsSince.ts";
import { timeline } from "@/texts/mod.ts";

interface Props {
  found: Found;
  only: Only;
  /** Whether this is the newest page, where new lines appear. */
  live: boolean;
  /** Of the newest page. */
  address: string;
  mayRetry: Retriable;
}

/** Lines that a page keeps, however long it is open. */
const MOST = 400;

/** What happened, as it happens. */
export function Timeline({ found, only, live, address, mayRetry }: Props) {
  const [mark, setMark] = useState(found.mark);
  const [past, setPast] = useState(() => timelineOf(found));
  const [incomplete, setIncomplete] = useState(false);
  const { lines, more } = past;
  useEventsSince(mark, {
    onEvent(event) {
      setPast((past) => {
        const line = event.kind === "command" ? commandLine(past.lines, event) : ofEvent(event);
        if (!line || !belongs(line, only)) return past;
        if (!live && !past.lines.some(({ id }) => id === line.id)) return past;
        return withNewer(past, line, MOST);
      });
    },
    async onGap() {
      const found = await ask();
      setIncomplete(found === null);
      if (found === null) return;
      setPast(timelineOf(found));
      setMark(found.mark);
    },
  });
  return (
    <>
      {incomplete ? <Incomplete /> : null}
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

/** What this page would be made of now; null where that cannot be had. */
async function ask(): Promise<Found | null> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function Incomplete() {
  return (
    <p class="notice" role="status">
      <WarningSign />
      <span>
        {timeline.incomplete} <a href="">{timeline.again}</a>
      </span>
    </p>
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
