import { bytes, percent, plain, type Quantity, rate } from "@/components/format.ts";
import type { ColumnName } from "@/components/history.ts";

/** One chart of a VM: its columns, and how their values read. */
export interface ChartSpec {
  title: string;
  lines: { column: ColumnName; label: string }[];
  format: (value: number | null) => Quantity;
  /** Top of the scale for the largest value drawn. */
  top: (largest: number) => number;
}

/**
 * The next round number from `value` up: 1, 2 or 5 with zeros, and never below `least`, so that
 * noise on an idle line does not fill the chart.
 */
export function roundUp(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5, 10].find((factor) => factor * power >= wanted * 0.999) ?? 10) * power;
}

const LEAST_RATE = 10_000;

/** The charts of a VM; `memory` is what the guest may use at most, in bytes. */
export function chartSpecs(memory: number): ChartSpec[] {
  const rateTop = (largest: number) => roundUp(largest, LEAST_RATE);
  return [
    {
      title: "CPU",
      lines: [{ column: "cpu", label: "" }],
      format: percent,
      top: () => 100,
    },
    {
      title: "Memory",
      lines: [{ column: "memory", label: "" }],
      format: bytes,
      top: (largest) => Math.max(memory, largest),
    },
    {
      title: "Network",
      lines: [{ column: "rxBytes", label: "in" }, { column: "txBytes", label: "out" }],
      format: rate,
      top: rateTop,
    },
    {
      title: "Disk",
      lines: [{ column: "readBytes", label: "read" }, { column: "writeBytes", label: "write" }],
      format: rate,
      top: rateTop,
    },
  ];
}

/** The largest number of some columns; 0 where there is none. */
export function largest(columns: (number | null)[][]): number {
  let found = 0;
  for (const column of columns) for (const value of column) found = Math.max(found, value ?? 0);
  return found;
}

/** A value as the scale writes it: a round number needs no ".0", and nought no unit. */
export function axisLabel({ format }: ChartSpec, value: number): string {
  const [text, unit] = format(value);
  return value === 0 ? "0" : plain([text.replace(/\.0$/, ""), unit]);
}
