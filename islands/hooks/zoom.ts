/** A stretch of time in Unix seconds. */
export interface Stretch {
  from: number;
  to: number;
}

/** Seconds that one can zoom down to. */
const CLOSEST = 10;
/** By how much a key zooms, and which part of the stretch it moves by. */
const FACTOR = 2;
const STEP = 0.25;
/** So much of a stretch may be missing at the live edge and still be all of it. */
const EDGE = 0.02;

const span = ({ from, to }: Stretch) => to - from;

/** The stretch made longer by `factor`; the time at the share `at` of it keeps its place. */
function scaled(stretch: Stretch, factor: number, at: number): Stretch {
  const fixed = stretch.from + span(stretch) * at;
  return {
    from: fixed - span(stretch) * factor * at,
    to: fixed + span(stretch) * factor * (1 - at),
  };
}

/**
 * The stretch that a key leads to; null for a key that is none of a chart. The time at the share `at`
 * of it is what is zoomed to.
 */
export function keyed(key: string, stretch: Stretch, at: number): Stretch | null {
  const step = span(stretch) * STEP;
  switch (key) {
    case "+":
    case "=":
      return scaled(stretch, 1 / FACTOR, at);
    case "-":
    case "_":
      return scaled(stretch, FACTOR, at);
    case "ArrowLeft":
      return { from: stretch.from - step, to: stretch.to - step };
    case "ArrowRight":
      return { from: stretch.from + step, to: stretch.to + step };
    default:
      return null;
  }
}

/** Two fingers on a chart, as shares of its width. */
export type Fingers = readonly [one: number, other: number];

/** The stretch in which the times that were under the fingers are where the fingers are now. */
export function pinched(stretch: Stretch, before: Fingers, now: Fingers): Stretch {
  const apart = Math.max(0.02, Math.abs(now[1] - now[0]));
  const factor = Math.abs(before[1] - before[0]) / apart;
  const middle = (before[0] + before[1]) / 2;
  const fixed = stretch.from + span(stretch) * middle;
  const from = fixed - span(stretch) * factor * (now[0] + now[1]) / 2;
  return { from, to: from + span(stretch) * factor };
}

/**
 * What can be looked at of `stretch`: not less than ten seconds, not more than `most`, and nothing that
 * is still to come. Null is all of it, with its live edge.
 */
export function allowed(stretch: Stretch, most: number, now: number): Stretch | null {
  const long = Math.min(most, Math.max(CLOSEST, span(stretch)));
  const to = Math.min(now, (stretch.from + stretch.to + long) / 2);
  if (long === most && to > now - most * EDGE) return null;
  return { from: to - long, to };
}
