import type { Action, Status } from "@/protocol/mod.ts";

/** One power button. `force` acts without asking the guest, and is confirmed first. */
export interface Choice {
  action: Action;
  force: boolean;
}

const choice = (action: Action, force: boolean): Choice => ({ action, force });

export const CHOICES = {
  start: choice("start", false),
  "shut-down": choice("stop", false),
  restart: choice("restart", false),
  suspend: choice("suspend", false),
  resume: choice("resume", false),
  "power-off": choice("stop", true),
  reset: choice("restart", true),
} as const satisfies Record<string, Choice>;

export type ChoiceName = keyof typeof CHOICES;
/** The choices that do not ask the guest. */
export type Forced = "power-off" | "reset";

/**
 * What makes sense in each state. A paused guest hears no request, so it can only be resumed or cut
 * off; a crashed one may still hold its memory, so it can be cut off as well as started.
 */
const SENSIBLE: Record<Status, ChoiceName[]> = {
  running: ["shut-down", "restart", "suspend", "power-off", "reset"],
  paused: ["resume", "power-off"],
  shutdown: ["power-off"],
  crashed: ["start", "power-off"],
  stopped: ["start"],
  unknown: [],
};

export function choicesFor(status: Status): ChoiceName[] {
  return SENSIBLE[status];
}

export function isChoice(name: string | null): name is ChoiceName {
  return name !== null && Object.hasOwn(CHOICES, name);
}

export function isForced(name: string | null): name is Forced {
  return isChoice(name) && CHOICES[name].force;
}
