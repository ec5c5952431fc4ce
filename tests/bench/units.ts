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

/** Nanoseconds of CPU time a second, as a share of one core. */
export const percentOfCore = (nanoseconds: number): string => `${digits(nanoseconds / 1e7)} %`;

/** How many. */
export const count = (many: number): string => `${many}`;

/** Bytes a second as MB/s (10^6). */
export const megabytesPerSecond = (rate: number): string => `${digits(rate / 1e6)} MB/s`;

/** Bytes, to the byte where they are few. */
export const bytes = (many: number): string =>
  many < 1000 ? `${many}` : many < 1e6 ? kilobytes(many) : megabytes(many);
