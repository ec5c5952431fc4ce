/** How far back charts look. */
export interface Range {
  /** As it stands in the page's address. */
  id: string;
  label: string;
  seconds: number;
}

export const RANGES: readonly Range[] = [
  { id: "5m", label: "5 min", seconds: 300 },
  { id: "1h", label: "1 h", seconds: 3600 },
  { id: "24h", label: "24 h", seconds: 86_400 },
  { id: "7d", label: "7 d", seconds: 604_800 },
];

/** The range that an address asks for; the first for any other text. */
export function rangeOf(id: string | null): Range {
  return RANGES.find((range) => range.id === id) ?? RANGES[0]!;
}

/** What the server keeps, and what it makes of it, in seconds a point. */
const STEPS = [1, 15, 60, 300, 1800];
/** More points than a chart has pixels tell nothing. */
const MOST_POINTS = 360;

/** Seconds that a point should stand for where so many seconds are drawn. */
export function stepFor(seconds: number): number {
  return STEPS.find((step) => seconds / step <= MOST_POINTS) ?? STEPS.at(-1)!;
}
