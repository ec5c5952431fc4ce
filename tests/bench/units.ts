// Three digits that count, in the unit that a reader expects.
const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** Nanoseconds as milliseconds. */
export const ms = (nanoseconds: number): string => `${digits(nanoseconds / 1e6)} ms`;

/** Nanoseconds of CPU time that one VM costs, as microseconds. */
export const usPerVM = (nanoseconds: number): string => `${digits(nanoseconds / 1e3)} us/VM`;

/** Bytes as MB (10^6). */
export const megabytes = (bytes: number): string => `${digits(bytes / 1e6)} MB`;

/** Bytes as kB (10^3). */
export const kilobytes = (bytes: number): string => bytes === 0 ? "0" : `${digits(bytes / 1e3)} kB`;

/** Requests a second. */
export const perSecond = (rate: number): string => `${rate.toFixed(0)} /s`;
