import type { Quantity } from "@/components/format.ts";

/** A number with its unit muted beside it. Zero and nothing step back, so that activity stands out. */
export function Num({ of: [value, unit] }: { of: Quantity }) {
  const idle = unit === "" || /^0([.,]0)?$/.test(value);
  return (
    <span class={idle ? "num num-idle" : "num"}>
      {value}
      <span class="unit">{unit === "" ? null : `\u00a0${unit}`}</span>
    </span>
  );
}
