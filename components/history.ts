import type { Host, HostHistory, MetricsHistory, Sample } from "@/protocol/mod.ts";

/** A number, or null where nothing was measured. */
export type Column = (number | null)[];

/** A disk or NIC with two columns: `KEY:in` and `KEY:out`, bytes per second into it and out of it. */
export interface DeviceKey {
  key: string;
  kind: "nic" | "disk";
  name: string;
}

/**
 * Metrics over time, in columns by their keys: `cpu` in percent, `memory` and `resident` in bytes,
 * and two of each device. A point of nothing but null says that nothing was measured from there on.
 */
export interface History {
  /** Seconds that a point stands for. */
  step: number;
  /** Unix seconds. */
  time: number[];
  columns: Record<string, Column>;
  /** The largest that each point is the mean of; empty where points are single samples. */
  peaks: Record<string, Column>;
  devices: DeviceKey[];
}

const NIC = { inward: "rxBytes", outward: "txBytes" } as const;
const DISK = { inward: "readBytes", outward: "writeBytes" } as const;
const nicKey = (mac: string) => `nic:${mac}`;
const diskKey = (device: string) => `disk:${device}`;

/** As `GET /api/v1/vms/{name}/metrics` gives it. */
export function ofVM({ step, time, cpu, memory, resident, max, nics, disks }: MetricsHistory) {
  const history: History = {
    step,
    time,
    columns: { cpu, memory, resident },
    peaks: max ? { ...max } : {},
    devices: [],
  };
  const add = <Name extends string>(
    device: DeviceKey,
    { inward, outward }: { inward: Name; outward: Name },
    told: { [name in Name]: Column } & { max?: { [name in Name]: Column } | undefined },
  ) => {
    const [first, second] = [`${device.key}:in`, `${device.key}:out`];
    history.devices.push(device);
    Object.assign(history.columns, { [first]: told[inward], [second]: told[outward] });
    const { max } = told;
    if (max) Object.assign(history.peaks, { [first]: max[inward], [second]: max[outward] });
  };
  for (const nic of nics) {
    add({ key: nicKey(nic.mac), kind: "nic", name: nic.device ?? nic.mac }, NIC, nic);
  }
  for (const disk of disks) {
    add({ key: diskKey(disk.device), kind: "disk", name: disk.device }, DISK, disk);
  }
  return history;
}

/** As `GET /api/v1/host/metrics` gives it. */
export function ofHost({ step, time, cpu, memory, max }: HostHistory): History {
  return { step, time, columns: { cpu, memory }, peaks: max ? { ...max } : {}, devices: [] };
}

/** What is new: numbers by the keys of columns. */
export interface News {
  /** Unix seconds. */
  time: number;
  values: Record<string, number | null>;
  devices: DeviceKey[];
}

/** A sample that repeats old numbers of memory and disks measured none. */
export function newsOfVM({ time, metrics, stale, devices }: Sample): News {
  const { resident = null, nics = [], disks = [] } = devices ?? {};
  const news: News = {
    time: Date.parse(time) / 1000,
    values: {
      cpu: metrics.cpu.utilization,
      memory: stale ? null : metrics.memory.used,
      resident: stale ? null : resident,
    },
    devices: [],
  };
  for (const { mac, device, rxBytes, txBytes } of nics) {
    const key = nicKey(mac);
    news.devices.push({ key, kind: "nic", name: device });
    Object.assign(news.values, { [`${key}:in`]: rxBytes, [`${key}:out`]: txBytes });
  }
  for (const { device, readBytes, writeBytes } of disks) {
    const key = diskKey(device);
    news.devices.push({ key, kind: "disk", name: device });
    const [first, second] = stale ? [null, null] : [readBytes, writeBytes];
    Object.assign(news.values, { [`${key}:in`]: first, [`${key}:out`]: second });
  }
  return news;
}

export function newsOfHost({ cpu, memory }: Host, time: number): News {
  const values = { cpu: cpu?.utilization ?? null, memory: memory?.used ?? null };
  return { time, values, devices: [] };
}

/** Seconds between two samples while nobody watches are at most this many. */
const SLOWEST = 75;
/** Seconds by which a point of the drawing alone follows another: times have to ascend. */
const JUST_AFTER = 0.001;

/**
 * `history` with what is new, without what is older than `seconds`. A sample of the step that the last
 * point is of becomes a part of that one; one that is no newer is ignored. A device that is gone stays
 * for as long as there is something of it to see.
 */
export function append(history: History, news: News, seconds: number): History {
  const next = extend(history, news, seconds);
  if (next === history) return history;
  const there = next.devices.filter((device) =>
    news.devices.some(({ key }) => key === device.key) ||
    columnsOf(device).some((key) => next.columns[key]?.some((value) => value !== null))
  );
  return { ...next, devices: there };
}

const columnsOf = ({ key }: DeviceKey) => [`${key}:in`, `${key}:out`];

function extend(history: History, news: News, seconds: number): History {
  const { step, time } = history;
  const last = time.at(-1) ?? -Infinity;
  if (news.time <= last) return history;
  if (time.length > 0 && news.time - last > Math.max(SLOWEST, step)) {
    const empty = { time: last + JUST_AFTER, values: {}, devices: [] };
    return add(add(history, empty, seconds), news, seconds);
  }
  const sameStep = step > 1 && Math.floor(last / step) === Math.floor(news.time / step);
  return sameStep ? join(history, news) : add(history, news, seconds);
}

/** Every key that is known before or comes with the news. */
const keysOf = (history: History, { values }: News) =>
  Object.keys({ ...history.columns, ...values });

function add(history: History, news: News, seconds: number): History {
  const { time, step } = history;
  const drop = Math.max(0, time.findIndex((old) => old >= news.time - seconds));
  const next: History = {
    step,
    time: [...time.slice(drop), news.time],
    columns: {},
    peaks: {},
    devices: devicesWith(history.devices, news.devices),
  };
  const kept = (column: Column | undefined) =>
    column?.slice(drop) ?? new Array<null>(time.length - drop).fill(null);
  for (const key of keysOf(history, news)) {
    const value = news.values[key] ?? null;
    next.columns[key] = [...kept(history.columns[key]), value];
    if (step > 1) next.peaks[key] = [...kept(history.peaks[key]), value];
  }
  return next;
}

/** The last point with a sample more, which counts by the time since it. */
function join(history: History, news: News): History {
  const { step, time } = history;
  const at = time.length - 1;
  const known = Math.max(JUST_AFTER, time[at]! % step);
  const next: History = {
    step,
    time: [...time.slice(0, at), news.time],
    columns: {},
    peaks: {},
    devices: devicesWith(history.devices, news.devices),
  };
  const with_ = (column: Column | undefined, value: (last: number | null) => number | null) => {
    const before = column ?? new Array<null>(time.length).fill(null);
    return [...before.slice(0, at), value(before[at] ?? null)];
  };
  for (const key of keysOf(history, news)) {
    const value = news.values[key] ?? null;
    const mean = (last: number | null) => {
      if (last === null || value === null) return value ?? last;
      const since = news.time - time[at]!;
      return (last * known + value * since) / (known + since);
    };
    next.columns[key] = with_(history.columns[key], mean);
    next.peaks[key] = with_(
      history.peaks[key],
      (last) => last === null || value === null ? value ?? last : Math.max(last, value),
    );
  }
  return next;
}

/** Those that were known, by the names that they have now, and new ones. */
function devicesWith(known: DeviceKey[], now: DeviceKey[]): DeviceKey[] {
  const fresh = now.filter(({ key }) => !known.some((device) => device.key === key));
  return [...known.map((old) => now.find(({ key }) => key === old.key) ?? old), ...fresh];
}

/** What the server remembers, with what arrived here after it was asked. */
export function merge(remembered: History, live: History, seconds: number): History {
  const known = remembered.time.at(-1) ?? 0;
  let merged = remembered;
  live.time.forEach((time, index) => {
    if (time <= known) return;
    const values = Object.fromEntries(
      Object.entries(live.columns).map(([key, column]) => [key, column[index] ?? null]),
    );
    // Of one that is gone the server may tell nothing any more.
    const devices = live.devices.filter((device) =>
      columnsOf(device).some((key) => values[key] !== null)
    );
    merged = extend(merged, { time, values, devices }, seconds);
  });
  return merged;
}

/** Whether nothing was measured from this point on. */
function isGap({ columns }: History, index: number): boolean {
  for (const key in columns) if (columns[key]![index] !== null) return false;
  return true;
}

/** Values of the moment, not of the time since the last point. */
const OF_THE_MOMENT = new Set(["memory", "resident"]);

/** Times and columns as they are drawn. */
export interface Drawn {
  time: number[];
  columns: Column[];
  /** By the times, the points of the history that they belong to. */
  points: number[];
}

/**
 * Some columns as they are drawn: no line goes over a gap. What came with the slow beat is the average
 * of all the time before it: it is drawn as that, flat, and not as a peak that was reached at its end.
 */
export function toDraw(
  history: History,
  keys: string[],
  of: "columns" | "peaks" = "columns",
): Drawn {
  // Seconds between two points while somebody watches are at most this many.
  const watched = Math.max(5, history.step * 2.2);
  const drawn: Drawn = { time: [], columns: keys.map(() => []), points: [] };
  history.time.forEach((time, index) => {
    const last = history.time[index - 1];
    if (last !== undefined && time - last > watched && !isGap(history, index - 1)) {
      drawn.time.push(last + JUST_AFTER);
      drawn.points.push(index);
      keys.forEach((key, at) => {
        const from = OF_THE_MOMENT.has(key) ? index - 1 : index;
        drawn.columns[at]!.push(history[of][key]?.[from] ?? null);
      });
    }
    drawn.time.push(time);
    drawn.points.push(index);
    keys.forEach((key, at) => drawn.columns[at]!.push(history[of][key]?.[index] ?? null));
  });
  return drawn;
}

/** The points of a drawn column with nothing on either side: a line shows nothing of them. */
export function alone(column: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = [];
  for (let at = 0; at < column.length; at++) {
    if (column[at] == null || column[at - 1] != null || column[at + 1] != null) continue;
    found.push(at);
  }
  return found;
}

/**
 * What is shaded of each line: what is below the first one, and up to the peaks where there are some.
 * Those of the moment have none that their line does not show.
 */
export function areas(history: History, lines: Drawn, keys: string[]): Column[] {
  const peaks = history.step > 1;
  const { columns } = peaks ? toDraw(history, keys, "peaks") : lines;
  return columns.map((column, index) =>
    index === 0 || (peaks && !OF_THE_MOMENT.has(keys[index]!)) ? column : []
  );
}
