import type { Config } from "@/services/config/mod.ts";

/** What one look found. */
export interface Finding {
  /** What was looked at, in a word or three. */
  of: string;
  /** A failure keeps virtglass from working; a warning keeps something of it from working. */
  state: "ok" | "warning" | "failure";
  says: string;
  /** What to do about it; for people, so with the command to type where there is one. */
  remedy?: string;
}

/** One look at the machine, which never changes anything. */
export type Look = (config: Config) => Finding[] | Promise<Finding[]>;

export const ok = (of: string, says: string): Finding => ({ of, state: "ok", says });

export const warning = (of: string, says: string, remedy: string): Finding => (
  { of, state: "warning", says, remedy }
);

export const failure = (of: string, says: string, remedy: string): Finding => (
  { of, state: "failure", says, remedy }
);
