/** A terminal recording in asciicast v2, as the browser replays it. */
export interface Cast {
  /** Columns. */
  width: number;
  /** Rows. */
  height: number;
  events: CastEvent[];
}

export interface CastEvent {
  /** Seconds since the beginning. */
  time: number;
  /** "o" for what the guest wrote, "m" for a mark with a label; others are passed over. */
  code: string;
  text: string;
}

/**
 * Reads a whole file. A last line that is cut off is left out: a recording may be read while it is
 * made.
 *
 * @throws Error in words for a person, when it is no asciicast v2
 */
export function parseCast(file: string): Cast {
  const [first = "", ...lines] = file.split("\n");
  const header = read(first) as { version?: unknown; width?: unknown; height?: unknown } | null;
  if (header?.version !== 2) throw new Error("This file is no asciicast v2.");
  const events: CastEvent[] = [];
  let last = 0;
  for (const line of lines) {
    const event = read(line);
    if (!isEvent(event)) continue;
    const [time, code, text] = event;
    last = Math.max(last, time);
    events.push({ time: last, code, text });
  }
  return { width: size(header.width, 80), height: size(header.height, 24), events };
}

/** The events with no pause longer than `longest` seconds. */
export function shortened(events: CastEvent[], longest: number): CastEvent[] {
  let before = 0;
  let now = 0;
  return events.map(({ time, ...rest }) => {
    now += Math.min(longest, time - before);
    before = time;
    return { time: now, ...rest };
  });
}

function read(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isEvent(value: unknown): value is [number, string, string] {
  return Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "string" &&
    typeof value[2] === "string";
}

/** Within what a terminal can be. */
function size(value: unknown, fallback: number): number {
  return typeof value === "number" && value >= 1 && value <= 1000 ? Math.floor(value) : fallback;
}
