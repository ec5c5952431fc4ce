export const group = "Power";

/** What the buttons say. */
export const labels = {
  start: "Start",
  "shut-down": "Shut down",
  restart: "Restart",
  suspend: "Suspend",
  resume: "Resume",
  "power-off": "Power off",
  reset: "Reset",
};

/** While it runs. */
export const doing = {
  start: "Starting…",
  "shut-down": "Shutting down…",
  restart: "Restarting…",
  suspend: "Suspending…",
  resume: "Resuming…",
  "power-off": "Powering off…",
  reset: "Resetting…",
};

/** The question before a forced action. */
export const question = (label: string, vm: string) => `${label} ${vm}?`;
export const warning = {
  "power-off": "This cuts the power at once, like pulling the plug. What the guest has not " +
    "written to its disks is lost.",
  reset:
    "This presses the reset button: the guest starts over without shutting down. What it has " +
    "not written to its disks is lost.",
};

/** The question about several VMs. */
export const manyQuestion = (label: string, count: number) =>
  `${label} ${count} VM${count === 1 ? "" : "s"}?`;
export const noneCan = (label: string) => `${label}: none of them can`;
export const leftOut = (state: string) => `left out: ${state.toLowerCase()}`;
export const withSelected = "With the selected VMs";
export const selected = (count: number) => `${count} selected`;
export const clear = "Clear";
/** Under what becomes of several VMs; the middle is a link. */
export const goesOn = [
  "It goes on when this is closed or the page is left: ",
  "Activity",
  " shows the rest.",
];
export const waiting = "Waiting for its turn.";

export const interrupted = "The connection was lost. What became of this is asked when it is back.";
export const lost = "The connection was lost before the answer came. The state above tells.";
