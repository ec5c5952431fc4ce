import type { Sample } from "@/protocol.ts";

/** A number, or null where nothing was reported. */
export type Column = (number | null)[];

/**
 * Samples of one VM by column, as `GET /api/v1/vms/{name}/metrics` gives them: `time` in Unix
 * seconds, `cpu` in percent, `memory` in bytes, the others in bytes per second.
 */
export interface History {
  time: number[];
  cpu: Column;
  memory: Column;
  rxBytes: Column;
  txBytes: Column;
  readBytes: Column;
  writeBytes: Column;
}

export type ColumnName = Exclude<keyof History, "time">;

/** How far back the charts look, in seconds. */
export const WINDOW = 300;

const COLUMNS = ["cpu", "memory", "rxBytes", "txBytes", "readBytes", "writeBytes"] as const;

/** `history` with one more sample, without what has left the window; an older sample is ignored. */
export function append(history: History, { time, metrics, rates, stale }: Sample): History {
  const at = Date.parse(time) / 1000;
  if (at <= (history.time.at(-1) ?? 0)) return history;
  const drop = Math.max(0, history.time.findIndex((old) => old >= at - WINDOW));
  const values = { cpu: metrics.cpu.utilization, memory: metrics.memory.used, ...rates };
  const next = { time: [...history.time.slice(drop), at] } as History;
  for (const name of COLUMNS) {
    // A stale sample repeats old numbers: nothing was measured, and the chart says so.
    next[name] = [...history[name].slice(drop), stale ? null : values[name]];
  }
  return next;
}

/** What the server remembers, with what arrived here after it was asked. */
export function merge(remembered: History, live: History): History {
  const known = remembered.time.at(-1) ?? 0;
  const from = live.time.findIndex((time) => time > known);
  if (from === -1) return remembered;
  const next = { time: [...remembered.time, ...live.time.slice(from)] } as History;
  for (const name of COLUMNS) next[name] = [...remembered[name], ...live[name].slice(from)];
  return next;
}

/** At most `count` points of `history`, evenly chosen, the last one among them. */
export function thin(history: History, count: number): History {
  const { length } = history.time;
  const step = Math.ceil(length / count);
  if (step <= 1) return history;
  const keep = (_: unknown, index: number) => (length - 1 - index) % step === 0;
  const next = { time: history.time.filter(keep) } as History;
  for (const name of COLUMNS) next[name] = history[name].filter(keep);
  return next;
}

/** Seconds between two samples while somebody watches are at most this many. */
const WATCHED = 5;
/** And while nobody does. After more, nothing was measured: libvirt did not answer. */
const IDLE = 65;
/** Seconds by which a point of the drawing alone follows a sample: times have to ascend. */
const JUST_AFTER = 0.001;

/**
 * Times and columns as they are drawn. A null stands in each gap, so that no line goes over it. What
 * came with the slow beat is the average of all the time before it: it is drawn as that, flat, and
 * not as a peak that was reached at its end. Memory alone is a value of the moment.
 */
export function toDraw(history: History, names: ColumnName[]): [number[], ...Column[]] {
  const times: number[] = [];
  const columns = names.map((): Column => []);
  history.time.forEach((time, index) => {
    const last = history.time[index - 1];
    if (last !== undefined) {
      const gap = time - last > IDLE;
      if (time - last > WATCHED) {
        times.push(last + JUST_AFTER);
        names.forEach((name, at) => {
          const from = name === "memory" ? index - 1 : index;
          columns[at]?.push(gap ? null : history[name][from] ?? null);
        });
      }
    }
    times.push(time);
    names.forEach((name, at) => columns[at]?.push(history[name][index] ?? null));
  });
  return [times, ...columns];
}

/** The sample that a time of `toDraw` belongs to, as its index; -1 in a gap. */
export function sampleAt({ time }: History, at: number): number {
  const index = time.findIndex((each) => each >= at);
  const inGap = index > 0 && at < time[index]! && time[index]! - time[index - 1]! > IDLE;
  return inGap ? -1 : index;
}
