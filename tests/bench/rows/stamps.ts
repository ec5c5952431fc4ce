/** Something a listener heard of, in nanoseconds of CLOCK_MONOTONIC. */
export interface Stamp {
  at: number;
}

/**
 * Nanoseconds from each act (lines "NANOSECONDS ACT" of the actor) whose text is `act` to the first
 * stamp after it. Throws when an act went unheard until the next of its kind: a message that got
 * lost must not pass for a slow one.
 */
export function latencies(
  acts: readonly string[],
  act: string,
  stamps: readonly Stamp[],
): number[] {
  const times = acts.flatMap((line) => {
    const space = line.indexOf(" ");
    return line.slice(space + 1) === act ? [Number(line.slice(0, space))] : [];
  });
  return times.map((time, n) => {
    const heard = stamps.find((stamp) => stamp.at >= time && stamp.at < (times[n + 1] ?? Infinity));
    if (!heard) throw new Error(`"${act}" number ${n + 1} of ${times.length} was never announced`);
    return heard.at - time;
  });
}
