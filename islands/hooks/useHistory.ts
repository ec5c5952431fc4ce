import { useEffect, useRef, useState } from "preact/hooks";
import { append, type History, merge, type News } from "@/components/history.ts";
import { type Range, RANGES, stepFor } from "@/components/ranges.ts";
import { allowed, type Stretch } from "@/islands/hooks/zoom.ts";

/** Milliseconds without another stretch until one is asked for: keys repeat and fingers move on. */
const RESTING = 150;

export interface HistoryHandle {
  history: History;
  /** The last that was heard, by the keys of columns; a point of `history` is a mean where steps are long. */
  newest: News["values"] | null;
  range: Range;
  choose: (range: Range) => void;
  /** What is looked at closely; null for all of the range, with its live edge. */
  zoom: Stretch | null;
  zoomTo: (stretch: Stretch | null) => void;
  hear: (news: News) => void;
}

interface Options<Told> {
  /** Where REST has it. */
  address: string;
  read: (told: Told) => History;
  initial: History;
  range: Range;
  /** Whether news come: whenever they begin to, what was missed is asked for. */
  live: boolean;
  /** The server's clock in Unix seconds. */
  now: number;
}

/** A history over the range that the page's address names: what the server remembers, and what is new. */
export function useHistory<Told>(options: Options<Told>): HistoryHandle {
  const { address, read, live, now } = options;
  const [history, setHistory] = useState(options.initial);
  const [newest, setNewest] = useState<News["values"] | null>(null);
  const [range, setRange] = useState(options.range);
  const [zoom, setZoom] = useState<(Stretch & { history: History | null }) | null>(null);
  const clock = useRef(now);
  clock.current = now;

  const { seconds } = range;
  useEffect(() => {
    if (!live && range === options.range) return;
    return ask<Told>(address, { since: seconds, step: stepFor(seconds) }, (told) => {
      setHistory((known) => merge(read(told), known, seconds));
    });
  }, [live, seconds]);

  useEffect(() => {
    if (zoom === null) return;
    const { from, to } = zoom;
    const timer = setTimeout(() => {
      const span = { since: clock.current - from, until: Math.max(0, clock.current - to) };
      callOff = ask<Told>(address, { ...span, step: stepFor(to - from) }, (told) => {
        setZoom((zoom) => zoom && { ...zoom, history: read(told) });
      });
    }, RESTING);
    let callOff = () => clearTimeout(timer);
    return () => callOff();
  }, [zoom?.from, zoom?.to]);

  useEffect(() => {
    if (zoom === null) return;
    const leave = ({ key }: KeyboardEvent) => key === "Escape" && setZoom(null);
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [zoom === null]);

  return {
    history: zoom?.history ?? history,
    newest,
    range,
    choose(range) {
      setZoom(null);
      setRange(range);
      keepInAddress(range);
    },
    zoom,
    zoomTo(stretch) {
      const next = stretch && allowed(stretch, seconds, clock.current);
      setZoom(next && { ...next, history: null });
    },
    hear(news) {
      setHistory((history) => append(history, news, seconds));
      setNewest(news.values);
    },
  };
}

function keepInAddress({ id }: Range): void {
  const url = new URL(location.href);
  if (id === RANGES[0]!.id) url.searchParams.delete("range");
  else url.searchParams.set("range", id);
  globalThis.history.replaceState(globalThis.history.state, "", url);
}

/** Asks for a span; when it cannot be had, the live edge goes on alone. Returns what calls it off. */
function ask<Told>(
  address: string,
  span: Record<string, number>,
  then: (told: Told) => void,
): () => void {
  const asked = new AbortController();
  const query = Object.entries(span).map(([name, value]) => `${name}=${value.toFixed(3)}`).join(
    "&",
  );
  fetch(`${address}?${query}`, { signal: asked.signal })
    .then(async (response) => response.ok && then(await response.json()))
    .catch(() => {});
  return () => asked.abort();
}
