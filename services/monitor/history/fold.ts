import type { Tier } from "./tier.ts";

/**
 * Milliseconds between two samples at most: a minute while nobody watches, and what libvirt may take
 * longer than the last time. After more, nothing was measured.
 */
export const SLOWEST = 75_000;

/** One moment of a history: what each column was on average, and at most; NaN where it was nothing. */
export interface Point {
  /** In ms of the steady clock. */
  at: number;
  means: Float64Array;
  most: Float64Array;
}

/** Milliseconds for which a row stands: since the one before it, or what its tier says. */
function weight(tier: Tier, row: number): number {
  const step = tier.step * 1000;
  if (row === tier.first) return step;
  return Math.min(Math.max(1, tier.at(row) - tier.at(row - 1)), step + SLOWEST);
}

/**
 * Rows that follow each other as one point: means by the time that each row stands for, and the
 * largest. Rows come one by one, of one tier after the other, and are a point when it is asked for.
 */
export class Fold {
  readonly #columns: number;
  readonly #weights: Float64Array;
  #means: Float64Array;
  #most: Float64Array;
  /** Of the last row that has a number. */
  #measuredAt = NaN;
  /** Of the last row of all. */
  #endsAt = NaN;

  constructor(columns: number) {
    this.#columns = columns;
    this.#weights = new Float64Array(columns);
    this.#means = new Float64Array(columns);
    this.#most = new Float64Array(columns).fill(NaN);
  }

  get empty(): boolean {
    return Number.isNaN(this.#endsAt);
  }

  add(tier: Tier, row: number): void {
    const of = weight(tier, row);
    const at = tier.at(row);
    this.#endsAt = at;
    for (let column = 0; column < this.#columns; column++) {
      const mean = tier.mean(row, column);
      if (Number.isNaN(mean)) continue;
      this.#measuredAt = at;
      this.#means[column]! += mean * of;
      this.#weights[column]! += of;
      const most = tier.most(row, column);
      if (!(most <= this.#most[column]!)) this.#most[column] = most;
    }
  }

  /** The point, and another one that is empty where the last row was a gap. Begins anew. */
  take(): Point[] {
    const points: Point[] = [];
    const [measured, end] = [this.#measuredAt, this.#endsAt];
    if (!Number.isNaN(measured)) {
      for (let column = 0; column < this.#columns; column++) {
        this.#means[column]! /= this.#weights[column]!;
      }
      points.push({ at: measured, means: this.#means, most: this.#most });
    }
    if (measured !== end) {
      points.push({ at: end, means: nothing(this.#columns), most: nothing(this.#columns) });
    }
    this.#weights.fill(0);
    this.#means = new Float64Array(this.#columns);
    this.#most = nothing(this.#columns);
    this.#measuredAt = this.#endsAt = NaN;
    return points;
  }
}

export const nothing = (columns: number) => new Float64Array(columns).fill(NaN);
