import type { History } from "./history.ts";

/** Somebody whose history is kept: a VM, or the host. */
export interface Subject {
  readonly history: History;
  /** What each column of it is of. */
  readonly series: string[];
  /** Makes the columns for these; false when they are none of this subject's. */
  adopt(series: string[]): boolean;
}
