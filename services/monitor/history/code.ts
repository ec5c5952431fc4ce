/**
 * Numbers from 0 to 10^15 in 16 bits: a logarithm, so that each is off by less than 0.03 % whatever
 * its size. Nought stands for nothing, since memory that is new holds noughts.
 */
export const NOTHING = 0;

/** Steps from one number to its double. */
const STEPS = 1300;
const MOST = 0xffff;

/** @param value NaN where nothing was measured */
export function encode(value: number): number {
  if (!(value >= 0)) return NOTHING;
  return Math.min(MOST, 1 + Math.round(STEPS * Math.log2(1 + value)));
}

/** Every number that there is: a week of two disks is 100,000 of them, at once. */
let numbers: Float32Array | undefined;

/** NaN for nothing. */
export function decode(code: number): number {
  numbers ??= Float32Array.from(
    { length: MOST + 1 },
    (_, code) => code === NOTHING ? NaN : 2 ** ((code - 1) / STEPS) - 1,
  );
  return numbers[code]!;
}
