import { format as texts, language } from "@/texts/mod.ts";

/*
 * Times of the wire as the page's language writes them, in UTC as all logs are, so that server and
 * browser write the same.
 */

const DAY = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const MINUTE = { hour: "2-digit", minute: "2-digit" } as const;
const SECOND = { ...MINUTE, second: "2-digit" } as const;

const PARTS = {
  day: DAY,
  minute: { ...DAY, ...MINUTE },
  second: { ...DAY, ...SECOND },
  time: SECOND,
} satisfies Record<string, Intl.DateTimeFormatOptions>;

// To make one takes longer than to draw a page: each is made once.
const made = new Map<string, Intl.DateTimeFormat>();

function written(time: string, style: keyof typeof PARTS): string {
  const key = language + style;
  let format = made.get(key);
  if (!format) {
    const utc = { timeZone: "UTC", hourCycle: "h23" } as const;
    format = new Intl.DateTimeFormat(texts.dates, { ...PARTS[style], ...utc });
    made.set(key, format);
  }
  return format.format(new Date(time));
}

/** A date and a time of day: "2026-05-06 17:13 UTC", "06.05.2026, 17:13 UTC". */
export const moment = (time: string) => `${written(time, "minute")} UTC`;

/** The same to the second, where it is said already that it is UTC. */
export const second = (time: string) => written(time, "second");

/** The date alone: "2026-05-06", "06.05.2026". */
export const day = (time: string) => written(time, "day");

/** A day of a list of times: "2026-05-06 UTC", "06.05.2026 UTC". */
export const utcDay = (time: string) => `${day(time)} UTC`;

/** The time of day alone: "17:13:42". */
export const clockTime = (time: string) => written(time, "time");
