import type { Sample } from "@/protocol.ts";
import type { Moment } from "../clock.ts";

/** Ten minutes at one sample a second: 600 x (8 + 6 x 4) bytes = 19 kB a VM. */
const CAPACITY = 600;
const COLUMNS = ["cpu", "memory", "rxBytes", "txBytes", "readBytes", "writeBytes"] as const;
type Column = typeof COLUMNS[number];

/**
 * Samples by column, of equal length. `time` in Unix seconds, CPU in percent, memory in bytes, the
 * others in bytes per second; null where nothing was reported.
 */
export type History = { time: number[] } & Record<Column, (number | null)[]>;

/**
 * The last samples of one VM: a ring of fixed size. Times are kept by the clock that nobody sets, and
 * told by the other one as it goes when they are asked for: they stay in order when it is set.
 */
export class HistoryRing {
  readonly #at = new Float64Array(CAPACITY);
  readonly #columns = COLUMNS.map(() => new Float32Array(CAPACITY));
  #count = 0;

  /** @param at when it was taken, in ms of the steady clock */
  push({ metrics, rates }: Omit<Sample, "time">, at: number): void {
    const slot = this.#count++ % CAPACITY;
    const values: Record<Column, number | null> = {
      cpu: metrics.cpu.utilization,
      memory: metrics.memory.used,
      ...rates,
    };
    this.#at[slot] = at;
    COLUMNS.forEach((name, index) => this.#columns[index]![slot] = values[name] ?? NaN);
  }

  /** The samples of the last `seconds` before `now`, oldest first. */
  last(seconds: number, { unix, steady }: Moment): History {
    const since = steady - seconds * 1000;
    const slots: number[] = [];
    for (let index = Math.max(0, this.#count - CAPACITY); index < this.#count; index++) {
      if (this.#at[index % CAPACITY]! >= since) slots.push(index % CAPACITY);
    }
    const column = (name: Column) => {
      const values = this.#columns[COLUMNS.indexOf(name)]!;
      return slots.map((slot) => Number.isNaN(values[slot]!) ? null : values[slot]!);
    };
    return {
      time: slots.map((slot) => Math.round(unix - steady + this.#at[slot]!) / 1000),
      cpu: column("cpu"),
      memory: column("memory"),
      rxBytes: column("rxBytes"),
      txBytes: column("txBytes"),
      readBytes: column("readBytes"),
      writeBytes: column("writeBytes"),
    };
  }
}
