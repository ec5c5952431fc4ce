/** A number as it is told: null where nothing was measured. */
export const whole = (value: number): number | null =>
  Number.isNaN(value) ? null : Math.round(value);

/** The same to the tenth. */
export const percent = (value: number): number | null =>
  Number.isNaN(value) ? null : Math.round(value * 10) / 10;

/** The columns together, for each of the times; null where none of them has a number. */
export function sum(columns: readonly number[][], times: readonly number[]): (number | null)[] {
  return times.map((_, n) => {
    const known = columns.map((column) => column[n]!).filter((value) => !Number.isNaN(value));
    return known.length === 0 ? null : Math.round(known.reduce((total, value) => total + value));
  });
}
