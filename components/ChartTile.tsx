import type { ComponentChildren } from "preact";
import type { ChartSpec } from "@/components/chart_spec.ts";
import { Num } from "@/components/Num.tsx";

interface Props {
  spec: ChartSpec;
  /** One per line of the chart: now, or where the crosshair is. */
  values: (number | null)[];
  /** When the values are of, while the crosshair is on the chart. */
  at: string | null;
  children: ComponentChildren;
}

/** A chart with its title and its numbers, in words first: the drawing itself is silent. */
export function ChartTile({ spec, values, at, children }: Props) {
  return (
    <figure class="tile" data-chart={spec.title}>
      <figcaption class="tile-head">
        <h2 class="tile-title">{spec.title}</h2>
        {at === null ? null : <span class="tile-at">{at}</span>}
        <span class="tile-values">
          {spec.lines.map(({ label }, index) => (
            <span key={label} class="tile-value">
              {label === "" ? null : <Key line={index + 1} label={label} />}
              <Num of={spec.format(values[index] ?? null)} />
            </span>
          ))}
        </span>
      </figcaption>
      {children}
    </figure>
  );
}

/** Which line is which: full or dashed, and in words. */
function Key({ line, label }: { line: number; label: string }) {
  return (
    <span class="key">
      <svg class="key-line" viewBox="0 0 16 4" aria-hidden="true">
        <path class={`plot-line-${line}`} d="M0 2H16" />
      </svg>
      {label}
      {" "}
    </span>
  );
}
