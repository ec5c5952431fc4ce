import { type Range, stepFor } from "@/components/ranges.ts";
import { MetricsQuery } from "@/protocol/incoming/queries.ts";
import { readQuery } from "@/routes/(_shared)/query.ts";
import type { Span } from "@/services/mod.ts";

/** How far each step reaches back by itself, in seconds. */
const REACHES = [[600, 1], [6 * 3600, 15]] as const;
const COARSEST = 120;

/**
 * `?since=S&until=S&step=S`: which part of a history. Without a step it is the finest that is kept so
 * far back.
 *
 * @throws GlassError INVALID_MESSAGE
 */
export function span(url: URL): Span {
  const { since, until, step } = readQuery(url, MetricsQuery);
  const finest = REACHES.find(([reach]) => since <= reach)?.[1] ?? COARSEST;
  return { since, until, step: step ?? finest };
}

/** Points of a history in a page itself, at most; its charts ask for all of them. */
const POINTS = 120;

/** What a page shows of a range before its charts live. */
export function firstSpan({ seconds }: Range): Span {
  return { since: seconds, until: 0, step: Math.max(stepFor(seconds), seconds / POINTS) };
}
