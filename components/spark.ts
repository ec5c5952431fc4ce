import type { MetricsHistory, Sample } from "@/protocol/mod.ts";

/** Seconds that one point of a sparkline stands for, and how many it has: the last five minutes. */
export const STEP = 10;
export const POINTS = 30;

/** Points, the oldest first: CPU in percent, the others in kB/s; null where nothing was measured. */
export interface Spark {
  /** Which step, since 1970, the last sample was taken in, which is the last point's. */
  at: number;
  cpu: (number | null)[];
  network: (number | null)[];
  disk: (number | null)[];
}

const NAMES = ["cpu", "network", "disk"] as const;

export const noSpark: Spark = { at: 0, cpu: [], network: [], disk: [] };

/** Seconds between two samples while nobody watches, and a little. */
const BEAT = 65;

/**
 * The next sample is the last point until its step is over. It tells of the time since the sample before,
 * so the first one after a slow beat stands for the steps between as well.
 */
export function addToSpark(spark: Spark, { time, metrics, rates, stale }: Sample): Spark {
  const at = Math.floor(Date.parse(time) / 1000 / STEP);
  if (stale || at < spark.at) return spark;
  const next = { ...spark, at };
  const values = {
    cpu: whole(metrics.cpu.utilization),
    network: kilo(rates.rxBytes, rates.txBytes),
    disk: kilo(rates.readBytes, rates.writeBytes),
  };
  const missing = Math.min(POINTS, at - spark.at - 1);
  for (const name of NAMES) {
    const points = at === spark.at ? spark[name].slice(0, -1) : [...spark[name]];
    const between = missing * STEP < BEAT ? values[name] : null;
    for (let step = 0; step < missing && points.length > 0; step++) points.push(between);
    next[name] = [...points, values[name]].slice(-POINTS);
  }
  return next;
}

/** What a sparkline is drawn from. */
export type Remembered = Pick<
  MetricsHistory,
  "time" | "cpu" | "rxBytes" | "txBytes" | "readBytes" | "writeBytes"
>;

/** The sparkline of what the server remembers, as `addToSpark` would have made it of its samples. */
export function sparkOf(history: Remembered): Spark {
  const at = Math.floor((history.time.at(-1) ?? 0) / STEP);
  const spark: Spark = { at, cpu: [], network: [], disk: [] };
  let sample = 0;
  for (let step = at - POINTS + 1; step <= at; step++) {
    const end = (step + 1) * STEP;
    while (sample < history.time.length - 1 && history.time[sample]! < end - STEP) sample++;
    const time = history.time[sample];
    const known = time !== undefined && time >= end - STEP && time < end + BEAT;
    if (!known && spark.cpu.length === 0) continue;
    spark.cpu.push(known ? whole(history.cpu[sample]) : null);
    spark.network.push(known ? kilo(history.rxBytes[sample], history.txBytes[sample]) : null);
    spark.disk.push(known ? kilo(history.readBytes[sample], history.writeBytes[sample]) : null);
  }
  return spark;
}

const whole = (value: number | null | undefined) => value == null ? null : Math.round(value);

function kilo(one: number | null | undefined, other: number | null | undefined): number | null {
  return one == null && other == null ? null : Math.round(((one ?? 0) + (other ?? 0)) / 1000);
}

/** Height and width of the drawing, in its own units. */
export const HEIGHT = 20;
export const WIDTH = 2 * (POINTS - 1);

/**
 * The points as one path that ends at the right edge; `full` is the value at its top, or where that
 * is null the largest one, but not less than `least`.
 */
export function sparkPath(points: (number | null)[], full: number | null, least = 100): string {
  const top = full ?? Math.max(least, ...points.map((point) => point ?? 0));
  let path = "";
  let drawing = false;
  for (const [index, point] of points.entries()) {
    if (point !== null) {
      const x = WIDTH - 2 * (points.length - 1 - index);
      const y = Math.round(HEIGHT - 1 - (Math.min(point, top) / top) * (HEIGHT - 2));
      path += `${drawing ? "L" : "M"}${x} ${y}`;
    }
    drawing = point !== null;
  }
  return path;
}
