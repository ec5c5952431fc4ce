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
export const noSuchKeys =
  "Ctrl Alt Del means nothing on a serial line, and libvirt cannot send Break or Magic SysRq over it.";
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
