import { decode, encode } from "./code.ts";

/** Rows that a tier has room for at first: most guests are young, or are asked once a minute. */
const FIRST_ROOM = 64;
/** Milliseconds in one unit of a time that is kept in four bytes: they reach for six years. */
export const TENTH = 100;

export interface TierOptions {
  /** Seconds that a row stands for. */
  step: number;
  /** How many rows are kept at most; the oldest goes for the newest. */
  capacity: number;
  /** Whether rows are single samples as they were, or means with their maxima in two bytes each. */
  exact: boolean;
}

/** The rows of a tier in their order, to be kept elsewhere: times, then the arrays of each column. */
export interface TierRows {
  /** In ms of the steady clock. */
  at: Float64Array<ArrayBuffer>;
  arrays: (Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>)[];
}

/**
 * One resolution of a history: rows in the order of their times, in columns. A ring of fixed size
 * that is made as large as it has to be. Rows are named by a number that counts all there ever were:
 * those from `first` up to, but without, `end` are there.
 */
export class Tier {
  readonly step: number;
  readonly capacity: number;
  readonly exact: boolean;
  /** One for each column when exact, otherwise two: means, and maxima. */
  readonly #arrays: TierRows["arrays"] = [];
  #at: Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  #end = 0;

  constructor({ step, capacity, exact }: TierOptions) {
    this.step = step;
    this.capacity = capacity;
    this.exact = exact;
    this.#at = this.#times(Math.min(FIRST_ROOM, capacity));
  }

  get first(): number {
    return Math.max(0, this.#end - this.capacity);
  }

  get end(): number {
    return this.#end;
  }

  /** Arrays that a column takes. */
  get width(): number {
    return this.exact ? 1 : 2;
  }

  /** Bytes that it takes now. */
  get bytes(): number {
    return this.#arrays.reduce((sum, { byteLength }) => sum + byteLength, this.#at.byteLength);
  }

  addColumn(): void {
    for (let n = 0; n < this.width; n++) this.#arrays.push(this.#column(this.#at.length));
  }

  /** Forgets what a column held, for another series. */
  clearColumn(column: number): void {
    for (let n = 0; n < this.width; n++) {
      this.#arrays[column * this.width + n] = this.#column(this.#at.length);
    }
  }

  /**
   * @param at in ms of the steady clock
   * @param means by column; NaN where nothing was measured
   * @param most the largest of what each mean is of; single samples are their own
   */
  push(at: number, means: ArrayLike<number>, most: ArrayLike<number>): void {
    if (this.#end === this.#at.length && this.#end < this.capacity) {
      this.#resize(Math.min(this.capacity, this.#end * 2));
    }
    const slot = this.#end++ % this.capacity;
    const arrays = this.#arrays;
    if (this.exact) {
      this.#at[slot] = at;
      for (let n = 0; n < arrays.length; n++) arrays[n]![slot] = means[n]!;
      return;
    }
    this.#at[slot] = at / TENTH;
    for (let n = 0; n < arrays.length; n += 2) {
      arrays[n]![slot] = encode(means[n >> 1]!);
      arrays[n + 1]![slot] = encode(most[n >> 1]!);
    }
  }

  /** When the row was measured, in ms of the steady clock. */
  at(row: number): number {
    const at = this.#at[row % this.capacity]!;
    return this.exact ? at : at * TENTH;
  }

  mean(row: number, column: number): number {
    const value = this.#arrays[column * this.width]![row % this.capacity]!;
    return this.exact ? value : decode(value);
  }

  most(row: number, column: number): number {
    if (this.exact) return this.mean(row, column);
    return decode(this.#arrays[column * 2 + 1]![row % this.capacity]!);
  }

  /** Whether the row says that nothing was measured from here on. */
  isGap(row: number): boolean {
    const slot = row % this.capacity;
    for (let n = 0; n < this.#arrays.length; n += this.width) {
      const value = this.#arrays[n]![slot]!;
      if (this.exact ? !Number.isNaN(value) : value !== 0) return false;
    }
    return true;
  }

  get rows(): TierRows {
    const { first, end } = this;
    const split = first % this.capacity;
    const ordered = <T extends Float32Array | Uint16Array>(array: T): T => {
      if (split === 0) return array.slice(0, end - first) as T;
      const turned = array.slice() as T;
      turned.set(array.subarray(split));
      turned.set(array.subarray(0, split), array.length - split);
      return turned;
    };
    return {
      at: Float64Array.from({ length: end - first }, (_, n) => this.at(first + n)),
      arrays: this.#arrays.map(ordered),
    };
  }

  /** Takes these rows for all there are; they must fit, and have arrays for every column. */
  set rows({ at, arrays }: TierRows) {
    this.#at = this.#times(at.length);
    this.#end = at.length;
    at.forEach((time, slot) => this.#at[slot] = this.exact ? time : time / TENTH);
    this.#arrays.splice(0, Infinity, ...arrays);
    if (at.length < FIRST_ROOM) this.#resize(Math.min(FIRST_ROOM, this.capacity));
  }

  #resize(room: number): void {
    const at = this.#times(room);
    at.set(this.#at);
    this.#at = at;
    this.#arrays.forEach((before, index) => {
      const array = this.#column(room);
      array.set(before);
      this.#arrays[index] = array;
    });
  }

  #times(room: number) {
    return this.exact ? new Float64Array(room) : new Int32Array(room);
  }

  #column(room: number) {
    return this.exact ? new Float32Array(room).fill(NaN) : new Uint16Array(room);
  }
}
