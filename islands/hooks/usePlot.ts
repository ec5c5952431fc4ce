import type uPlot from "uplot";
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ChartSpec } from "@/components/chart_spec.ts";
import { type Column, type Drawn, type History, toDraw } from "@/components/history.ts";
import { createPlot, type Stretch } from "@/islands/hooks/create_plot.ts";

export interface PlotHandle {
  box: RefObject<HTMLDivElement>;
  /** Whether the live chart stands in `box`. */
  drawn: boolean;
  /** The time under the crosshair in Unix seconds, and the point of the history that is meant. */
  hovered: { time: number; point: number } | null;
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
  const scheme = useScheme();

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
  }, [scheme, shown]);

  const keys = spec.lines.map(({ key }) => key).join();
  const lines = useMemo(() => toDraw(history, keys.split(",")), [history, keys]);
  useEffect(() => plot?.setData(toPlot(history, lines, keys.split(","))), [
    plot,
    lines,
    stretch.to,
  ]);

  const index = time === null ? -1 : lines.time.findIndex((each) => each >= time);
  const hovered = time === null || index === -1 ? null : { time, point: lines.points[index]! };
  return { box, drawn: plot !== null, hovered };
}

/** Areas and lines: up to the peaks where there are some, otherwise below the first line alone. */
function toPlot(history: History, lines: Drawn, keys: string[]): uPlot.AlignedData {
  const areas = history.step > 1
    ? toDraw(history, keys, "peaks").columns
    : lines.columns.map((column, index): Column => index === 0 ? column : []);
  return [lines.time, ...areas, ...lines.columns];
}

/** Light or dark, as the system says at the moment: a canvas has to be drawn anew when it changes. */
function useScheme(): boolean | null {
  const [dark, setDark] = useState<boolean | null>(null);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const note = () => setDark(query.matches);
    query.addEventListener("change", note);
    return () => query.removeEventListener("change", note);
  }, []);
  return dark;
}
