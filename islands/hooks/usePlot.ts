import type uPlot from "uplot";
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ChartSpec } from "@/components/chart_spec.ts";
import { type History, toDraw } from "@/components/history.ts";
import { createPlot } from "@/islands/hooks/create_plot.ts";

export interface PlotHandle {
  box: RefObject<HTMLDivElement>;
  /** Whether the live chart stands in `box`. */
  drawn: boolean;
  /** The time under the crosshair in Unix seconds. */
  hovered: number | null;
}

/** A live chart of `history` up to `end` (Unix seconds) in the element that `box` is given to. */
export function usePlot(spec: ChartSpec, history: History, end: number): PlotHandle {
  const box = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<uPlot | null>(null);
  const [hovered, onHover] = useState<number | null>(null);
  const edge = useRef(end);
  edge.current = end;
  const scheme = useScheme();

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let made: uPlot | null = null;
    let left = false;
    const resize = new ResizeObserver(() => {
      if (element.clientWidth > 0) {
        made?.setSize({ width: element.clientWidth, height: element.clientHeight });
      }
    });
    createPlot(element, { spec, end: () => edge.current, onHover }).then((plot) => {
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
  }, [scheme]);

  useEffect(() => {
    plot?.setData(toDraw(history, spec.lines.map(({ column }) => column)));
  }, [plot, history, end]);

  return { box, drawn: plot !== null, hovered };
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
