import type { Stretch } from "@/islands/hooks/zoom.ts";
import { charts, language } from "@/texts/mod.ts";

/*
 * Times as charts write them: in UTC, as all pages do, so that a peak and its cause in the timeline
 * have the same one.
 */

const DAY = 24 * 3600;

const parts = (seconds: number) => {
  const date = new Date(seconds * 1000);
  const time = date.toISOString().slice(11, 19);
  const month = date.toLocaleString(language, { month: "short", timeZone: "UTC" });
  return { time, day: `${date.getUTCDate()} ${month}` };
};

/** What stands at an axis over `span` seconds; its first mark says by which clock. */
export function axisTimes(marks: number[], span: number): string[] {
  return marks.map((mark, index) => `${axisTime(mark, span)}${index === 0 ? " UTC" : ""}`);
}

/** A day where a time of day would say too little. */
function axisTime(seconds: number, span: number): string {
  const { time, day } = parts(seconds);
  if (span < 600) return time;
  if (time === "00:00:00" || span > 4 * DAY) return day;
  return time.slice(0, 5);
}

/** When a point is of, where so many seconds are drawn. */
export const pointTime = (seconds: number, span: number) => `${short(seconds, span)} UTC`;

/** From when to when. */
export function stretchTime({ from, to }: Stretch): string {
  const span = to - from;
  return `${charts.between(short(from, span), short(to, span))} UTC`;
}

function short(seconds: number, span: number): string {
  const { time, day } = parts(seconds);
  if (span <= 3600) return time;
  return span < DAY ? time.slice(0, 5) : `${day} ${time.slice(0, 5)}`;
}
