import type { Action, Status } from "@/protocol.ts";

/** One power button. `force` acts without asking the guest, and is confirmed first. */
export interface Choice {
  action: Action;
  force: boolean;
  label: string;
  /** While it runs: "Shutting down…". */
  doing: string;
}

const choice = (action: Action, force: boolean, label: string, doing: string): Choice => ({
  action,
  force,
  label,
  doing,
});

export const CHOICES = {
  start: choice("start", false, "Start", "Starting"),
  "shut-down": choice("stop", false, "Shut down", "Shutting down"),
  restart: choice("restart", false, "Restart", "Restarting"),
  suspend: choice("suspend", false, "Suspend", "Suspending"),
  resume: choice("resume", false, "Resume", "Resuming"),
  "power-off": choice("stop", true, "Power off", "Powering off"),
  reset: choice("restart", true, "Reset", "Resetting"),
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

/** The words of the question before a forced action. */
export const WARNING: Record<Forced, string> = {
  "power-off": "This cuts the power at once, like pulling the plug. What the guest has not " +
    "written to its disks is lost.",
  reset:
    "This presses the reset button: the guest starts over without shutting down. What it has " +
    "not written to its disks is lost.",
};
