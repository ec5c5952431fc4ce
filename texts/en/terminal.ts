export const title = "Serial console";
export const group = "Terminal";
export const recording = "Recording";
export const readOnly = "Read-only";
export const leaves = "leaves the terminal";
/** Around a command. */
export const needsScript = [
  "The terminal needs JavaScript. On the host, ",
  " opens the same line.",
] as const;
export const failed = "The terminal could not be loaded. Reload the page.";
export const fileName = (vm: string, time: string) => `${vm} console ${time}.txt`;

/** The tools. */
export const search = "Search (Ctrl Shift F)";
export const keys = "Keys";
export const fit = "Tell the guest this terminal's size";
export const record = "Record this console";
export const stopRecording = "Stop the recording";
export const clear = "Clear the terminal";
export const download = "Download all lines as text";
export const options = "Options";
export const fullscreen = "Full screen";
export const leaveFullscreen = "Leave the full screen";
export const ownWindow = "A window of its own";
/** Keys of the VM's keyboard. */
export const keyboard = "On the VM's keyboard";
export const keyboardNote =
  "Ctrl Alt Del and SysRq are pressed on the VM's keyboard: a guest with a driver for it hears them even when its serial line hangs. libvirt cannot send Break.";
export const pressed = (keys: string, meaning: string) => `${keys} pressed. ${meaning}`;
export const keyNames = {
  "ctrl-alt-delete": "Ctrl Alt Del",
  "sysrq-h": "SysRq H",
  "sysrq-s": "SysRq S",
  "sysrq-u": "SysRq U",
  "sysrq-w": "SysRq W",
  "sysrq-m": "SysRq M",
  "sysrq-e": "SysRq E",
  "sysrq-b": "SysRq B",
};
/** What Linux does then. */
export const keyMeanings = {
  "ctrl-alt-delete": "The guest restarts, most likely: some do at once, without ending what runs.",
  "sysrq-h": "Tells on the console what Magic SysRq can do.",
  "sysrq-s": "Writes what is cached to the disks.",
  "sysrq-u": "All file systems become read-only, until the guest has been restarted.",
  "sysrq-w": "Tells on the console which tasks wait without end.",
  "sysrq-m": "Tells on the console what the memory is used for.",
  "sysrq-e": "Every process but init is asked to end.",
  "sysrq-b": "The guest restarts at once: nothing is written to its disks before.",
};
export const closeKeys = "Close the keys (Esc)";
export const searchField = "Search the terminal";
export const searchHint = "Search";
export const previous = "Previous (Shift Enter)";
export const next = "Next (Enter)";
export const closeSearch = "Close the search (Esc)";

/** What is the matter. */
export const takeOver = "Take over…";
export const taken = "Something else holds this console.";
export const discard = "Discard";
export const waiting = (size: string) => `${size} of your input wait: the guest does not read.`;
export const dismiss = "Dismiss";
