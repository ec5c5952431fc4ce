/** The header of a VM's pages. */
export const readOnly = "Read-only: a viewer may look, not switch.";
export const gone = "This VM is gone: somebody undefined or renamed it.";
export const backToHost = "Back to the host";
/** How long it has been in its state and since when; how long its guest has been there. */
export const lasting = (span: string, time: string) => `for ${span} (since ${time} UTC)`;
export const up = (span: string) => `up ${span}`;

export const pagesOf = (vm: string) => `Pages of ${vm}`;
export const tabs = {
  overview: "Overview",
  console: "Console",
  hardware: "Hardware",
  history: "History",
  snapshots: "Snapshots",
  xml: "XML",
};
export const pageOf = (vm: string, tab: string) => `${vm}: ${tab}`;
export const console = "Console";
export const consoleOf = (vm: string) => `${vm} · console`;
export const noConsole = "No serial console";
/** Around the command that adds one and what it adds. */
export const noConsoleNote = [
  "This VM has none. ",
  " adds one with ",
  "; it is there from the next start.",
] as const;

/** libvirt's reasons that read oddly beside the state, in plain words. */
export const reasons: Record<string, string> = {
  unknown: "",
  destroyed: "powered off",
  shutdown: "shut down",
  unpaused: "resumed",
  user: "by a user",
};
