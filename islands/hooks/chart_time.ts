import { language } from "@/texts/mod.ts";

/** Times as charts write them, on the viewer's own clock. */
const DAY = 24 * 3600;

const parts = (seconds: number) => {
  const date = new Date(seconds * 1000);
  const time = date.toTimeString().slice(0, 8);
  const day = `${date.getDate()} ${date.toLocaleString(language, { month: "short" })}`;
  return { time, day };
};

/** What stands at an axis over `span` seconds: a day where a time of day would say too little. */
export function axisTime(seconds: number, span: number): string {
  const { time, day } = parts(seconds);
  if (span < 600) return time;
  if (time === "00:00:00" || span > 4 * DAY) return day;
  return time.slice(0, 5);
}

/** When a point is of, where so many seconds are drawn. */
export function pointTime(seconds: number, span: number): string {
  const { time, day } = parts(seconds);
  if (span <= 3600) return time;
  return span < DAY ? time.slice(0, 5) : `${day} ${time.slice(0, 5)}`;
}
