import type uPlot from "uplot";
import type { RefObject } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { ChartSpec } from "@/components/chart_spec.ts";
import { areas, type Drawn, type History, toDraw } from "@/components/history.ts";
import { createPlot } from "@/islands/hooks/create_plot.ts";
import type { Stretch } from "@/islands/hooks/zoom.ts";

export interface PlotHandle {
  box: RefObject<HTMLDivElement>;
  /** Whether the live chart stands in `box`. */
  drawn: boolean;
  /** The time under the crosshair in Unix seconds, and the point of the history that is meant. */
  hovered: { time: number; point: number } | null;
  /** Moves the crosshair to the next point or the one before; null takes it away. */
  point: (by: 1 | -1 | null) => void;
}

interface PlotProps {
  spec: ChartSpec;
  history: History;
  stretch: Stretch;
  /** Whether anybody can see it: until then nothing is loaded for it. */
  shown: boolean;
  onZoom: (stretch: Stretch | null) => void;
}

/** A live chart of `history` over `stretch` in the element that `box` is given to. */
export function usePlot({ spec, history, stretch, shown, onZoom }: PlotProps): PlotHandle {
  const box = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<uPlot | null>(null);
  const [time, onHover] = useState<number | null>(null);
  const latest = useRef({ stretch, onZoom });
  latest.current = { stretch, onZoom };
  const colours = useColours();

  useEffect(() => {
    const element = box.current;
    if (element === null || !shown) return;
    let made: uPlot | null = null;
    let left = false;
    const resize = new ResizeObserver(() => {
      if (element.clientWidth > 0) {
        made?.setSize({ width: element.clientWidth, height: element.clientHeight });
      }
    });
    createPlot(element, {
      spec,
      stretch: () => latest.current.stretch,
      onHover,
      onZoom: (stretch) => latest.current.onZoom(stretch),
    }).then((plot) => {
      if (left) return plot.destroy();
      made = plot;
      resize.observe(element);
      setPlot(plot);
    }).catch((error) => {
      // The server's drawing stays, and needs none of it.
      console.error(error);
    });
    return () => {
      left = true;
      resize.disconnect();
      made?.destroy();
      setPlot(null);
    };
  }, [colours, shown]);

  const keys = spec.lines.map(({ key }) => key).join();
  const lines = useMemo(() => toDraw(history, keys.split(",")), [history, keys]);
  useEffect(() => plot?.setData(toPlot(history, lines, keys.split(","))), [
    plot,
    lines,
    stretch.from,
    stretch.to,
  ]);

  const index = time === null ? -1 : lines.time.findIndex((each) => each >= time);
  const hovered = time === null || index === -1 ? null : { time, point: lines.points[index]! };
  const point = (by: 1 | -1 | null) => plot && pointAt(plot, by);
  return { box, drawn: plot !== null, hovered, point };
}

function pointAt(plot: uPlot, by: 1 | -1 | null): void {
  // Its types know nothing of the last one: whether the other charts follow.
  const set: (at: { left: number; top: number }, fire: true, tell: true) => void = plot.setCursor;
  const times = [...plot.data[0]];
  const { min, max } = plot.scales.x ?? {};
  const first = times.findIndex((time) => time >= (min ?? 0));
  const last = times.findLastIndex((time) => time <= (max ?? 0));
  if (by === null || first === -1 || last < first) return set({ left: -10, top: -10 }, true, true);
  // From outside it comes to the newest one.
  const { idx, left = -1 } = plot.cursor;
  const next = left < 0 || idx == null ? last : Math.max(first, Math.min(last, idx + by));
  set({ left: plot.valToPos(times[next]!, "x"), top: 0 }, true, true);
}

const toPlot = (history: History, lines: Drawn, keys: string[]): uPlot.AlignedData => [
  lines.time,
  ...areas(history, lines, keys),
  ...lines.columns,
];

/** What the system says of colours. */
const WISHES = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"];

/** Another number whenever the page's colours become others: a canvas has to be drawn anew then. */
function useColours(): number {
  const [changes, note] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const queries = WISHES.map((wish) => matchMedia(wish));
    for (const query of queries) query.addEventListener("change", note);
    const look = new MutationObserver(note);
    look.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      for (const query of queries) query.removeEventListener("change", note);
      look.disconnect();
    };
  }, []);
  return changes;
}
