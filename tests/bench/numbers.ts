/** The first number that the guest prints, with six digits as all of them: c/output.h knows it too. */
export const FIRST_NUMBER = 100_000;

/** What a terminal gets when the guest prints so many of them, a line each. */
export const numberLines = (lines: number): string =>
  Array.from({ length: lines }, (_, n) => `${FIRST_NUMBER + n}\r\n`).join("");
