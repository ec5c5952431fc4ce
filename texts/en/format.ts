/**
 * How dates are written. English has no short date that all who read it read alike: Sweden's is the
 * international one, 2026-05-06.
 */
export const dates = "sv";
