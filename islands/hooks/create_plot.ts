import type uPlot from "uplot";
import { axisLabel, type ChartSpec, largest } from "@/components/chart_spec.ts";
import { alone, type Column } from "@/components/history.ts";
import { axisTimes } from "@/islands/hooks/chart_time.ts";
import { pinch } from "@/islands/hooks/pinch.ts";
import type { Stretch } from "@/islands/hooks/zoom.ts";

/** Pixels between the crosshair and a point that it is taken to point at. */
const NEAR = 40;
/** Pixels that a value is wide which has no line. */
const DOT = 4;
/** Pixels that are drawn over to zoom, at least: less is a click. */
const DRAG = 5;
/** Seconds from one time on the axis to the next: five minutes always have one well inside of them. */
const MARKS = [
  ...[1, 2, 5, 10, 15, 30].flatMap((count) => [count, count * 60]),
  ...[1, 2, 3, 6, 12, 24, 48, 72, 168].map((count) => count * 3600),
].sort((a, b) => a - b);
/** Pixels before the right edge, where a time would not end within the chart. */
const EDGE = 22;

export interface PlotOptions {
  spec: ChartSpec;
  /** What is drawn, asked at every drawing. */
  stretch: () => Stretch;
  /** The time under the crosshair in Unix seconds, null when it leaves. */
  onHover: (time: number | null) => void;
  /** The stretch that was drawn over, null after a double click. */
  onZoom: (stretch: Stretch | null) => void;
}

/**
 * Draws a chart into `box` in the page's colours. Loads uPlot, and its styles, at first use. Its data
 * are times, an area for each line, and the lines.
 */
export async function createPlot(box: HTMLElement, options: PlotOptions): Promise<uPlot> {
  const [{ default: Plot }] = await Promise.all([
    import("uplot"),
    import("uplot/dist/uPlot.min.css"),
  ]);
  const { lines } = options.spec;
  // Days begin on the axis where they do in its words.
  const tzDate = (seconds: number) => Plot.tzDate(new Date(seconds * 1000), "Etc/UTC");
  const data: uPlot.AlignedData = [[], ...[...lines, ...lines].map(() => [])];
  const plot = new Plot({ ...configure(box, options), tzDate }, data, box);
  pinch(plot.over, options.stretch, options.onZoom);
  return plot;
}

function configure(box: HTMLElement, options: PlotOptions): uPlot.Options {
  const { spec, stretch, onHover, onZoom } = options;
  const colour = resolver(box);
  const font = `11px ${getComputedStyle(box).fontFamily}`;
  const axis = { stroke: colour("--ink-faint"), font, ticks: { show: false }, gap: 4 };
  const grid = { stroke: colour("--line"), width: 1 };
  const silent = { points: { show: false }, width: 0 };
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    padding: [6, 14, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { setScale: false, x: true, y: false, dist: DRAG },
      // What is drawn over in one chart is no business of the others.
      sync: { key: "virtglass", filters: { pub: (type) => /^mouse(move|leave)$/.test(type) } },
      points: { size: (_, index) => index > spec.lines.length ? 6 : 0 },
      bind: {
        dblclick: () => () => {
          onZoom(null);
          return null;
        },
      },
    },
    scales: {
      x: { range: () => [stretch().from, stretch().to] },
      y: { range: (plot) => [0, spec.top(largest(plot.data.slice(1) as Column[]))] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 20,
        space: 70,
        incrs: MARKS,
        values: (plot, at) =>
          axisTimes(at, span(plot)).map((time, index) => isWithin(plot, at[index]!) ? time : null),
      },
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
      ...spec.lines.map(() => ({ ...silent, fill: colour("--plot-wash") })),
      ...spec.lines.map((_, index) => {
        const stroke = colour(`--plot-${index + 1}`);
        return {
          stroke,
          width: 1.5,
          points: { show: false, filter: loneOnes, size: DOT, width: 0, fill: stroke },
          ...(index === 0 ? {} : { dash: [4, 3] }),
        };
      }),
    ],
    hooks: {
      setCursor: [(plot) => onHover(timeUnder(plot))],
      setSelect: [(plot) => {
        const { left, width } = plot.select;
        if (width < DRAG) return;
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        onZoom({ from: plot.posToVal(left, "x"), to: plot.posToVal(left + width, "x") });
      }],
    },
  };
}

const loneOnes = ({ data }: uPlot, series: number) => alone(data[series]!);

const isWithin = ({ scales, valToPos }: uPlot, mark: number) =>
  valToPos(scales.x?.max ?? 0, "x") - valToPos(mark, "x") >= EDGE;

const span = ({ scales }: uPlot) => (scales.x?.max ?? 0) - (scales.x?.min ?? 0);

/** The time of the point under the crosshair; where none is near, there is nothing to tell. */
function timeUnder({ cursor: { idx, left }, data, valToPos }: uPlot): number | null {
  const time = idx == null ? undefined : data[0][idx];
  if (time === undefined || left === undefined || left < 0) return null;
  return Math.abs(valToPos(time, "x") - left) <= NEAR ? time : null;
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
