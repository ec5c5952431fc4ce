import type { Moment } from "../../clock.ts";
import { Fold, nothing, SLOWEST } from "./fold.ts";
import { TENTH, Tier } from "./tier.ts";

/** A second for ten minutes, 15 s for six hours, two minutes for seven days. */
const RESOLUTIONS = [
  { step: 1, capacity: 600, exact: true },
  { step: 15, capacity: 1440, exact: false },
  { step: 120, capacity: 5040, exact: false },
] as const;

/** How far back a history goes, in seconds. */
export const REACH = 120 * 5040;

/** Which part of a history, in seconds before now, and how many seconds a point is to stand for. */
export interface Span {
  since: number;
  until: number;
  step: number;
}

/**
 * Points of a history: `time` in Unix seconds, ascending; by column of the history their means and
 * maxima. A point of nothing but NaN says that nothing was measured from there on.
 */
export interface Points {
  time: number[];
  means: number[][];
  most: number[][];
}

/**
 * Numbers of one subject over seven days, in columns: samples of the last minutes as they were, and of
 * the time before means with their maxima. What it takes is bounded: 28,320 bytes a column and
 * 30,720 for the times.
 *
 * Times are kept by the clock that nobody sets, and told by the other one as it goes when they are
 * asked for: they stay in order when it is set.
 */
export class History {
  readonly tiers: readonly Tier[] = RESOLUTIONS.map((options) => new Tier(options));
  /** How far each tier is folded into the next one: the number of its first row that is not. */
  readonly #folded = [0, 0];
  /** What is being measured, by column: written by whoever calls `push`. */
  row = new Float64Array();
  #columns = 0;

  constructor(columns = 0) {
    for (let n = 0; n < columns; n++) this.addColumn();
  }

  /** The finest: the last rows as they came. */
  get #samples(): Tier {
    return this.tiers[0]!;
  }

  get columns(): number {
    return this.#columns;
  }

  /** Bytes that it takes now. */
  get bytes(): number {
    return this.tiers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Returns its number. What was before has nothing in it. */
  addColumn(): number {
    for (const tier of this.tiers) tier.addColumn();
    const row = new Float64Array(this.#columns + 1).fill(NaN);
    row.set(this.row);
    this.row = row;
    return this.#columns++;
  }

  /** Forgets what a column held, for another series. */
  clearColumn(column: number): void {
    for (const tier of this.tiers) tier.clearColumn(column);
  }

  /** Takes `row` as of this time, in ms of the steady clock. */
  push(at: number): void {
    const { end } = this.#samples;
    if (end > 0 && at - this.#samples.at(end - 1) > SLOWEST) {
      this.gap(this.#samples.at(end - 1) + 1);
    }
    this.#append(at, this.row);
  }

  /** From about here on nothing is measured, until there is another row. */
  gap(at: number): void {
    const { end } = this.#samples;
    if (end === 0 || this.#samples.isGap(end - 1)) return;
    // In coarse rows, too, it must come after what is before it.
    const after = this.#samples.at(end - 1) + 2 * TENTH;
    this.#append(Math.max(at, after), nothing(this.#columns));
  }

  #append(at: number, row: Float64Array): void {
    this.#foldOlder(0, at);
    this.#samples.push(at, row, row);
  }

  /** Folds the rows of a tier that are of an earlier step of the next one than `at` is. */
  #foldOlder(from: number, at: number): void {
    const coarse = this.tiers[from + 1];
    if (coarse === undefined) return;
    const fine = this.tiers[from]!;
    const begin = this.#unfolded(from);
    if (begin === fine.end) return;
    const step = coarse.step * 1000;
    if (Math.floor(fine.at(begin) / step) === Math.floor(at / step)) return;
    this.#folded[from] = fine.end;
    const fold = new Fold(this.#columns);
    for (let row = begin; row < fine.end; row++) fold.add(fine, row);
    for (const point of fold.take()) {
      this.#foldOlder(from + 1, point.at);
      coarse.push(point.at, point.means, point.most);
    }
  }

  /** The points of a span, the oldest first; older ones may be coarser than `step`. */
  points({ since, until, step }: Span, { unix, steady }: Moment): Points {
    const time: number[] = [];
    const means: number[][] = Array.from({ length: this.#columns }, () => []);
    const most: number[][] = Array.from({ length: this.#columns }, () => []);
    const fold = new Fold(this.#columns);
    const tell = () => {
      for (const point of fold.take()) {
        const told = Math.round(unix - steady + point.at) / 1000;
        // A row after a gap may be closer to it than the times of coarse rows can tell.
        time.push(Math.max(told, (time.at(-1) ?? -Infinity) + 0.001));
        for (let column = 0; column < this.#columns; column++) {
          means[column]!.push(point.means[column]!);
          most[column]!.push(point.most[column]!);
        }
      }
    };
    let before = NaN;
    for (const { tier, row } of this.#rows(steady - since * 1000, steady - until * 1000, step)) {
      // Rows that are finer than the step go together by it; others stay as they are.
      const of = tier.step < step ? Math.floor(tier.at(row) / (step * 1000)) : NaN;
      if (of !== before && !fold.empty) tell();
      before = of;
      fold.add(tier, row);
    }
    if (!fold.empty) tell();
    return { time, means, most };
  }

  /**
   * Rows of the coarsest tier that is fine enough, with the older ones of the tiers that reach
   * further back before them, and the newer ones that are not folded yet after them.
   */
  *#rows(from: number, to: number, step: number): Generator<{ tier: Tier; row: number }> {
    const wanted = this.tiers.findLastIndex((tier) => tier.step <= step);
    for (let n = this.tiers.length - 1; n >= 0; n--) {
      const tier = this.tiers[n]!;
      const finer = this.tiers[n - 1];
      let before = Infinity;
      if (n > wanted && finer !== undefined && finer.first < finer.end) {
        before = finer.at(finer.first);
      }
      for (let row = n < wanted ? this.#unfolded(n) : tier.first; row < tier.end; row++) {
        const at = tier.at(row);
        if (at >= from && at <= to && at < before) yield { tier, row };
      }
    }
  }

  /** The first row of a tier that the next one does not have. */
  #unfolded(tier: number): number {
    return Math.max(this.#folded[tier]!, this.tiers[tier]!.first);
  }

  /** How many of the newest rows of a tier the next one does not have yet. */
  unfolded(tier: number): number {
    return tier + 1 < this.tiers.length ? this.tiers[tier]!.end - this.#unfolded(tier) : 0;
  }

  /**
   * After the tiers were given other rows: so many of the newest of each are still to be folded, and
   * nothing was measured from the last of them until now.
   */
  resume(unfolded: readonly number[]): void {
    for (const from of this.#folded.keys()) {
      this.#folded[from] = this.tiers[from]!.end - (unfolded[from] ?? 0);
    }
    const { end } = this.#samples;
    if (end > 0) this.gap(this.#samples.at(end - 1));
  }
}
