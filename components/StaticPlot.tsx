import { axisLabel, type ChartSpec, largest } from "@/components/chart_spec.ts";
import { type Column, type History, toDraw, WINDOW } from "@/components/history.ts";

interface Props {
  spec: ChartSpec;
  history: History;
  /** Right edge, in Unix seconds. */
  end: number;
}

/** The chart as the server draws it: what stands there until, or without, the live one. */
export function StaticPlot({ spec, history, end }: Props) {
  const [times, ...columns] = toDraw(history, spec.lines.map(({ column }) => column));
  const top = spec.top(largest(columns));
  return (
    <div class="static-plot" aria-hidden="true">
      <svg class="static-lines" viewBox="0 0 600 100" preserveAspectRatio="none">
        <path class="plot-grid" d="M0 50H600M0 100H600M0 0H600" />
        {columns.map((column, index) => (
          <path key={index} class={`plot-line-${index + 1}`} d={path(times, column, end, top)} />
        ))}
      </svg>
      <div class="static-scale">
        {[top, top / 2, 0].map((value) => <span key={value}>{axisLabel(spec, value)}</span>)}
      </div>
    </div>
  );
}

function path(times: number[], column: Column, end: number, top: number): string {
  let pen = "M";
  let drawn = "";
  times.forEach((time, index) => {
    const value = column[index] ?? null;
    if (value === null) {
      pen = "M";
      return;
    }
    const x = Math.max(0, 600 * (1 - (end - time) / WINDOW));
    drawn += `${pen}${x.toFixed(0)} ${(100 - 100 * value / top).toFixed(1)}`;
    pen = "L";
  });
  return drawn;
}
