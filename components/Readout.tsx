import type { ComponentChildren } from "preact";
import type { Quantity } from "@/components/format.ts";

interface ReadoutProps {
  label: string;
  value: Quantity;
  /** Under the value; left out where there is no part of a whole to show. */
  bar?: ComponentChildren;
  children: ComponentChildren;
}

/** One thing said large, with a bar and a note under it. */
export function Readout({ label, value: [value, unit], bar, children }: ReadoutProps) {
  return (
    <div class="readout">
      <h2 class="readout-label">{label}</h2>
      <p class="readout-value">
        {value}
        <span class="unit">{unit === "" ? null : `\u00a0${unit}`}</span>
      </p>
      <div class="readout-bar">{bar}</div>
      <p class="readout-note">{children}</p>
    </div>
  );
}
