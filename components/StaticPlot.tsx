import { axisLabel, type ChartSpec, largest } from "@/components/chart_spec.ts";
import { areas, type Column, type History, toDraw } from "@/components/history.ts";
import { charts } from "@/texts/mod.ts";

interface Props {
  spec: ChartSpec;
  history: History;
  /** Left and right edge, in Unix seconds. */
  start: number;
  end: number;
  /** What stands at the left edge, such as "1 h ago". */
  from: string;
}

/** The chart as the server draws it: what stands there until, or without, the live one. */
export function StaticPlot({ spec, history, start, end, from }: Props) {
  const keys = spec.lines.map(({ key }) => key);
  const lines = toDraw(history, keys);
  const shaded = areas(history, lines, keys);
  const top = spec.top(largest([...shaded, ...lines.columns]));
  const parts = (column: Column) => split(lines.time, column, { start, end, top });
  return (
    <div class="static-plot" aria-hidden="true">
      <svg class="static-lines" viewBox="0 0 600 100" preserveAspectRatio="none">
        <path class="plot-grid" d="M0 50H600M0 100H600M0 0H600" />
        {shaded.map((column, index) => (
          <path key={`peak ${index}`} class="plot-peak" d={area(parts(column))} />
        ))}
        {lines.columns.map((column, index) => (
          <path key={`dot ${index}`} class={`plot-dot-${index + 1}`} d={dots(parts(column))} />
        ))}
        {lines.columns.map((column, index) => (
          <path key={index} class={`plot-line-${index + 1}`} d={line(parts(column))} />
        ))}
      </svg>
      <div class="static-scale">
        {[top, top / 2, 0].map((value) => <span key={value}>{axisLabel(spec, value)}</span>)}
      </div>
      <div class="static-times">
        <span>{from}</span>
        <span>{charts.now}</span>
      </div>
    </div>
  );
}

/** Points of one stretch without a gap, as they stand in the drawing. */
type Part = [x: string, y: string][];

function split(
  times: number[],
  column: Column,
  { start, end, top }: { start: number; end: number; top: number },
): Part[] {
  const parts: Part[] = [[]];
  times.forEach((time, index) => {
    const value = column[index] ?? null;
    const part = parts.at(-1)!;
    if (value === null) {
      if (part.length > 0) parts.push([]);
      return;
    }
    const x = Math.max(0, 600 * (time - start) / (end - start));
    part.push([x.toFixed(0), (100 - 100 * value / top).toFixed(1)]);
  });
  return parts.filter((part) => part.length > 0);
}

const line = (parts: Part[]) =>
  parts.map((part) => "M" + part.map(([x, y]) => `${x} ${y}`).join("L")).join("");

/** A line's round end alone: a circle would be stretched with the drawing. */
const dots = (parts: Part[]) =>
  parts.filter(({ length }) => length === 1).map(([point]) => `M${point!.join(" ")}h0`).join("");

const area = (parts: Part[]) =>
  parts.map((part) =>
    `M${part[0]![0]} 100L${part.map(([x, y]) => `${x} ${y}`).join("L")}L${part.at(-1)![0]} 100Z`
  ).join("");
