import { language } from "@/texts/mod.ts";

// To make one takes longer than to draw a page: each is made once.
const made = new Map<string, Intl.NumberFormat>();

/** A number as the page's language writes it, with so many decimals and without groups. */
export function number(value: number, digits: number): string {
  const key = language + digits;
  let format = made.get(key);
  if (!format) {
    const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    format = new Intl.NumberFormat(language, { ...fixed, useGrouping: false });
    made.set(key, format);
  }
  return format.format(value);
}
