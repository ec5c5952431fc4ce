import type { ComponentChildren } from "preact";
import type { ChartSpec } from "@/components/chart_spec.ts";
import { NOTHING, plain, type Quantity } from "@/components/format.ts";
import { Num } from "@/components/Num.tsx";
import { charts } from "@/texts/mod.ts";

interface Props {
  spec: ChartSpec;
  /** One per line of the chart: now, or where the crosshair is. */
  values: (number | null)[];
  /** The largest of all that is drawn, or of what the value under the crosshair is the mean of. */
  peaks: (number | null)[];
  /** When the values are of, while that is not now. */
  note: string | null;
  /** Whether they are old because nothing newer came. */
  stale: boolean;
  children: ComponentChildren;
}

/** A chart with its title and its numbers, in words first: the drawing itself is silent. */
export function ChartTile({ spec, values, peaks, note, stale, children }: Props) {
  return (
    <figure class={stale ? "tile tile-stale" : "tile"} data-chart={spec.title}>
      <figcaption class="tile-head">
        <h3 class="tile-title">{spec.title}</h3>
        {note === null ? null : <span class="tile-note">{note}</span>}
        <span class="tile-values">
          {spec.lines.map(({ key, label }, index) => (
            <span key={key} class="tile-value">
              {label === "" ? null : <Key line={index + 1} label={label} />}
              <Num of={spec.format(values[index] ?? null)} />
              <Peak of={spec.format(peaks[index] ?? null)} />
            </span>
          ))}
        </span>
      </figcaption>
      {children}
    </figure>
  );
}

function Peak({ of }: { of: Quantity }) {
  return <span class="tile-peak">{of[0] === NOTHING ? "" : charts.most(plain(of))}</span>;
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
