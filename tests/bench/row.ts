import type { Bench } from "./bench.ts";

/** One line of the table. Every figure says its own unit: "1.62 ms", "15 us/VM". */
export interface Figure {
  what: string;
  ours: string;
  /** What the peer program needed in the same run; null where the target is absolute. */
  peer: string | null;
  /** Ours through the peer's. */
  ratio: number | null;
  /** In words: "at most 1.2 x"; null for a line that only informs. */
  target: string | null;
  /** Whether the target was met; null for a line that only informs. */
  ok: boolean | null;
}

/**
 * A row of the table (or a few, where one measurement answers more than one question). `round` is run
 * several times, in turn with the other rows' rounds, so that a noisy minute harms no single row;
 * it starts its own server and peer, lets them alternate, keeps the samples, and ends them.
 */
export interface Row {
  /** How the command line calls it. */
  readonly name: string;
  /** True where every round would give the same: it is run in the first alone. */
  readonly once?: boolean;
  /** True for one that takes so long that it is run only where the command line names it. */
  readonly asked?: boolean;
  round(bench: Bench): Promise<void>;
  /** Called once after the last round. */
  figures(): Figure[];
}

/** A figure with a peer and a limit on the ratio of the two. */
export function compared(
  what: string,
  ours: number,
  peer: number,
  format: (value: number) => string,
  limit: { atMost: number } | { atLeast: number } | null,
): Figure {
  const ratio = ours / peer;
  return {
    what,
    ours: format(ours),
    peer: format(peer),
    ratio,
    target: limit &&
      ("atMost" in limit ? `at most ${limit.atMost} x` : `at least ${limit.atLeast} x`),
    ok: limit && ("atMost" in limit ? ratio <= limit.atMost : ratio >= limit.atLeast),
  };
}

/** A figure that is held against a fixed limit. */
export function absolute(
  what: string,
  ours: number,
  format: (value: number) => string,
  atMost: number,
): Figure {
  const target = atMost === 0 ? "0" : `at most ${format(atMost)}`;
  return { what, ours: format(ours), peer: null, ratio: null, target, ok: ours <= atMost };
}
