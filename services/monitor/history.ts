import type { Sample } from "@/protocol.ts";

/** Ten minutes at one sample a second: 600 x (8 + 6 x 4) bytes = 19 kB a VM. */
const CAPACITY = 600;
const COLUMNS = ["cpu", "memory", "rxBytes", "txBytes", "readBytes", "writeBytes"] as const;
type Column = typeof COLUMNS[number];

/**
 * Samples by column, of equal length. `time` in Unix seconds, CPU in percent, memory in bytes, the
 * others in bytes per second; null where nothing was reported.
 */
export type History = { time: number[] } & Record<Column, (number | null)[]>;

/** The last samples of one VM: a ring of fixed size. */
export class HistoryRing {
  readonly #time = new Float64Array(CAPACITY);
  readonly #columns = COLUMNS.map(() => new Float32Array(CAPACITY));
  #count = 0;

  push({ time, metrics, rates }: Sample): void {
    const slot = this.#count++ % CAPACITY;
    const values: Record<Column, number | null> = {
      cpu: metrics.cpu.utilization,
      memory: metrics.memory.used,
      ...rates,
    };
    this.#time[slot] = Date.parse(time) / 1000;
    COLUMNS.forEach((name, index) => this.#columns[index]![slot] = values[name] ?? NaN);
  }

  /** The samples not older than `since` (Unix seconds), oldest first. */
  since(since: number): History {
    const slots: number[] = [];
    for (let index = Math.max(0, this.#count - CAPACITY); index < this.#count; index++) {
      if (this.#time[index % CAPACITY]! >= since) slots.push(index % CAPACITY);
    }
    const column = (name: Column) => {
      const values = this.#columns[COLUMNS.indexOf(name)]!;
      return slots.map((slot) => Number.isNaN(values[slot]!) ? null : values[slot]!);
    };
    return {
      time: slots.map((slot) => this.#time[slot]!),
      cpu: column("cpu"),
      memory: column("memory"),
      rxBytes: column("rxBytes"),
      txBytes: column("txBytes"),
      readBytes: column("readBytes"),
      writeBytes: column("writeBytes"),
    };
  }
}
