/** One message of one tick at one client. */
export interface Arrival {
  /** The time that stands in it, Unix ms. */
  tick: number;
  /** How old it was when it came, in nanoseconds. */
  age: number;
  client: number;
}

/** A line "TICK AGE CLIENT" of the crowd. */
export function parseArrival(line: string): Arrival {
  const [tick = NaN, age = NaN, client = NaN] = line.split(" ").map(Number);
  return { tick, age, client };
}

/**
 * How often a client missed one of `ticks` ticks. A second copy of a message makes up for no other
 * one. Throws when there were other ticks than that.
 */
export function missed(arrivals: readonly Arrival[], ticks: number, clients: number): number {
  const byTick = Map.groupBy(arrivals, ({ tick }) => tick);
  if (byTick.size !== ticks) throw new Error(`${byTick.size} ticks came instead of ${ticks}`);
  let missed = 0;
  for (const of of byTick.values()) missed += clients - new Set(of.map((one) => one.client)).size;
  return missed;
}
