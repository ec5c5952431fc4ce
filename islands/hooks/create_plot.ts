import type uPlot from "uplot";
import { axisLabel, type ChartSpec, largest } from "@/components/chart_spec.ts";
import { type Column, WINDOW } from "@/components/history.ts";

/** Seconds between the crosshair and a sample that it is taken to point at. */
const NEAR = 30;

export interface PlotOptions {
  spec: ChartSpec;
  /** Right edge in Unix seconds, asked at every drawing. */
  end: () => number;
  /** The time under the crosshair in Unix seconds, null when it leaves. */
  onHover: (time: number | null) => void;
}

/** Draws a chart into `box` in the page's colours. Loads uPlot, and its styles, at first use. */
export async function createPlot(box: HTMLElement, options: PlotOptions): Promise<uPlot> {
  const [{ default: Plot }] = await Promise.all([
    import("uplot"),
    import("uplot/dist/uPlot.min.css"),
  ]);
  return new Plot(configure(box, options), [[], ...options.spec.lines.map(() => [])], box);
}

function configure(box: HTMLElement, { spec, end, onHover }: PlotOptions): uPlot.Options {
  const colour = resolver(box);
  const font = `11px ${getComputedStyle(box).fontFamily}`;
  const axis = { stroke: colour("--ink-faint"), font, ticks: { show: false }, gap: 4 };
  const grid = { stroke: colour("--line"), width: 1 };
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    padding: [6, 14, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { setScale: false, x: false, y: false },
      sync: { key: "virtglass" },
      points: { size: 6 },
    },
    scales: {
      x: { range: () => [end() - WINDOW, end()] },
      y: { range: (plot) => [0, spec.top(largest(plot.data.slice(1) as Column[]))] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 20, space: 90, values: (_, at) => at.map(clock) },
      {
        ...axis,
        grid,
        size: 62,
        splits: (plot) => [0, (plot.scales.y?.max ?? 0) / 2, plot.scales.y?.max ?? 0],
        values: (_, at) => at.map((value) => axisLabel(spec, value)),
      },
    ],
    series: [
      {},
      ...spec.lines.map((_, index) => ({
        stroke: colour(`--plot-${index + 1}`),
        width: 1.5,
        points: { show: false },
        ...(index === 0 ? { fill: colour("--plot-wash") } : { dash: [4, 3] }),
      })),
    ],
    hooks: { setCursor: [(plot) => onHover(timeUnder(plot))] },
  };
}

/** The time of the sample under the crosshair; where none is near, there is nothing to tell. */
function timeUnder({ cursor: { idx, left }, data, posToVal }: uPlot): number | null {
  const time = idx == null ? undefined : data[0][idx];
  if (time === undefined || left === undefined || left < 0) return null;
  return Math.abs(time - posToVal(left, "x")) <= NEAR ? time : null;
}

/** Hours and minutes on the viewer's own clock. */
function clock(seconds: number): string {
  return new Date(seconds * 1000).toTimeString().slice(0, 5);
}

/** A canvas knows no custom properties: has the page compute what `--name` is on `box` right now. */
function resolver(box: HTMLElement): (name: string) => string {
  return (name) => {
    box.style.color = `var(${name})`;
    const { color } = getComputedStyle(box);
    box.style.color = "";
    return color;
  };
}
