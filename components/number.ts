import { language } from "@/texts/spoken.ts";

/** What was written once is not written again: `Intl` takes longer than all that is drawn around it. */
const MOST_KNOWN = 20_000;

interface Written {
  format: Intl.NumberFormat;
  /** By the number, in units of its last decimal. */
  known: string[];
}

const all: Record<string, Written> = {};

/** A number as the page's language writes it, with so many decimals and without groups. */
export function number(value: number, decimals: 0 | 1 | 3): string {
  const { format, known } = all[language + decimals] ??= writtenWith(decimals);
  const units = 10 ** decimals;
  const rounded = Math.round(value * units);
  return rounded < MOST_KNOWN
    ? known[rounded] ??= format.format(rounded / units)
    : format.format(value);
}

function writtenWith(decimals: number): Written {
  const fixed = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return { format: new Intl.NumberFormat(language, { ...fixed, useGrouping: false }), known: [] };
}
