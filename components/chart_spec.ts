import { bytes, percent, plain, type Quantity, rate } from "@/components/format.ts";
import type { DeviceKey } from "@/components/history.ts";
import { charts } from "@/texts/mod.ts";

/** One chart: its lines, and how their values read. */
export interface ChartSpec {
  title: string;
  /** Each by the key of its column. */
  lines: { key: string; label: string }[];
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

const cpu = (): ChartSpec => ({
  title: charts.cpu,
  lines: [{ key: "cpu", label: "" }],
  format: percent,
  top: () => 100,
});

/** @param total what there is, in bytes */
const memory = (total: number, lines: ChartSpec["lines"]): ChartSpec => ({
  title: charts.memory,
  lines,
  format: bytes,
  top: (largest) => Math.max(total, largest),
});

/**
 * The charts of a VM; `total` is the memory that the guest may use at most, in bytes. `memory` is the
 * guest's own view where it reports one; what the host holds for it is another.
 */
export function vmCharts(total: number, devices: DeviceKey[]): ChartSpec[] {
  return [
    cpu(),
    memory(total, [{ key: "memory", label: charts.used }, {
      key: "resident",
      label: charts.onHost,
    }]),
    ...devices.map(({ key, kind, name }): ChartSpec => ({
      title: kind === "nic" ? charts.network(name) : charts.disk(name),
      lines: [
        { key: `${key}:in`, label: kind === "nic" ? charts.received : charts.read },
        { key: `${key}:out`, label: kind === "nic" ? charts.sent : charts.write },
      ],
      format: rate,
      top: (largest) => roundUp(largest, LEAST_RATE),
    })),
  ];
}

/** The charts of the host; `total` is its memory in bytes. */
export function hostCharts(total: number): ChartSpec[] {
  return [cpu(), memory(total, [{ key: "memory", label: "" }])];
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
  return value === 0 ? "0" : plain([text.replace(/[.,]0$/, ""), unit]);
}
