import type { Tier } from "./tier.ts";

/** A row of a tier, by its number. */
export interface Row {
  tier: Tier;
  row: number;
}

/** Milliseconds between two samples at most, while nobody watches. After more, nothing was measured. */
export const SLOWEST = 65_000;

/** Milliseconds for which a row stands: since the one before it, or what its tier says. */
export function weight({ tier, row }: Row): number {
  const step = tier.step * 1000;
  if (row === tier.first) return step;
  return Math.min(Math.max(1, tier.at(row) - tier.at(row - 1)), step + SLOWEST);
}

/**
 * One column of rows that follow each other as one: the mean by the time that each stands for, and
 * the largest. NaN where no row has a number.
 */
export function fold(rows: readonly Row[], weights: readonly number[], column: number) {
  let [sum, time, most] = [0, 0, NaN];
  for (let n = 0; n < rows.length; n++) {
    const { tier, row } = rows[n]!;
    const mean = tier.mean(row, column);
    if (Number.isNaN(mean)) continue;
    sum += mean * weights[n]!;
    time += weights[n]!;
    const peak = tier.most(row, column);
    if (!(peak <= most)) most = peak;
  }
  return { mean: sum / time, most };
}
