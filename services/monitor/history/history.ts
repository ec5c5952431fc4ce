import type { Moment } from "../../clock.ts";
import { fold, type Row, SLOWEST, weight } from "./fold.ts";
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
    this.#append(Math.max(at, after), new Float64Array(this.#columns).fill(NaN));
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
    const begin = Math.max(this.#folded[from]!, fine.first);
    if (begin === fine.end) return;
    const step = coarse.step * 1000;
    if (Math.floor(fine.at(begin) / step) === Math.floor(at / step)) return;
    this.#folded[from] = fine.end;
    const rows = Array.from({ length: fine.end - begin }, (_, n) => ({
      tier: fine,
      row: begin + n,
    }));
    for (const point of foldRows(rows, this.#columns)) {
      this.#foldOlder(from + 1, point.at);
      coarse.push(point.at, point.means, point.most);
    }
  }

  /** The points of a span, the oldest first; older ones may be coarser than `step`. */
  points({ since, until, step }: Span, { unix, steady }: Moment): Points {
    const rows = this.#rows(steady - since * 1000, steady - until * 1000, step);
    const time: number[] = [];
    const means: number[][] = Array.from({ length: this.#columns }, () => []);
    const most: number[][] = Array.from({ length: this.#columns }, () => []);
    for (const point of join(rows, step, this.#columns)) {
      const told = Math.round(unix - steady + point.at) / 1000;
      // A row after a gap may be closer to it than the times of coarse rows can tell.
      time.push(Math.max(told, (time.at(-1) ?? -Infinity) + 0.001));
      for (let column = 0; column < this.#columns; column++) {
        means[column]!.push(point.means[column]!);
        most[column]!.push(point.most[column]!);
      }
    }
    return { time, means, most };
  }

  /**
   * Rows of the coarsest tier that is fine enough, with the older ones of the tiers that reach
   * further back before them, and the newer ones that are not folded yet after them.
   */
  #rows(from: number, to: number, step: number): Row[] {
    const wanted = this.tiers.findLastIndex((tier) => tier.step <= step);
    const rows: Row[] = [];
    for (let n = this.tiers.length - 1; n >= 0; n--) {
      const tier = this.tiers[n]!;
      const finer = this.tiers[n - 1];
      let before = Infinity;
      if (n > wanted && finer !== undefined && finer.first < finer.end) {
        before = finer.at(finer.first);
      }
      for (let row = n < wanted ? this.#unfolded(n) : tier.first; row < tier.end; row++) {
        const at = tier.at(row);
        if (at >= from && at <= to && at < before) rows.push({ tier, row });
      }
    }
    return rows;
  }

  /** The first row of a tier that the next one does not have. */
  #unfolded(tier: number): number {
    return Math.max(this.#folded[tier]!, this.tiers[tier]!.first);
  }

  /**
   * After the tiers were given other rows: whatever the coarser ones do not have is still to be
   * folded, and nothing was measured from the last of them until now.
   */
  resume(): void {
    for (const from of [0, 1]) {
      const [fine, coarse] = [this.tiers[from]!, this.tiers[from + 1]!];
      const known = coarse.first < coarse.end ? coarse.at(coarse.end - 1) : -Infinity;
      let row = fine.end;
      while (row > fine.first && fine.at(row - 1) > known + TENTH) row--;
      this.#folded[from] = row;
    }
    const { end } = this.#samples;
    if (end > 0) this.gap(this.#samples.at(end - 1));
  }
}

interface Point {
  at: number;
  means: number[];
  most: number[];
}

/** Rows as one point, and another one that is empty where the last of them is a gap. */
function foldRows(rows: readonly Row[], columns: number): Point[] {
  const { tier, row } = rows.at(-1)!;
  const at = tier.at(row);
  const nothing = new Array<number>(columns).fill(NaN);
  const gap: Point = { at, means: nothing, most: nothing };
  const measured = rows.findLastIndex(({ tier, row }) => !tier.isGap(row));
  if (measured === -1) return [gap];
  const weights = rows.map(weight);
  const folded = Array.from({ length: columns }, (_, column) => fold(rows, weights, column));
  const last = rows[measured]!;
  const point = {
    at: last.tier.at(last.row),
    means: folded.map(({ mean }) => mean),
    most: folded.map(({ most }) => most),
  };
  return measured === rows.length - 1 ? [point] : [point, gap];
}

/** Rows that are finer than `step` together with those of the same step; others as they are. */
function* join(rows: readonly Row[], step: number, columns: number): Generator<Point> {
  const stepOf = ({ tier, row }: Row, n: number) =>
    tier.step >= step ? `row ${n}` : Math.floor(tier.at(row) / (step * 1000));
  for (let begin = 0; begin < rows.length;) {
    const of = stepOf(rows[begin]!, begin);
    let end = begin + 1;
    while (end < rows.length && stepOf(rows[end]!, end) === of) end++;
    yield* foldRows(rows.slice(begin, end), columns);
    begin = end;
  }
}
