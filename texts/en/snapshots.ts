export const title = "Snapshots";
export const name = "Name";
export const made = "Made";
export const state = "State then";
/** By libvirt's word for it. */
export const states: Record<string, string> = {
  nostate: "unknown",
  running: "running",
  blocked: "blocked",
  paused: "paused",
  pmsuspended: "asleep",
  shutdown: "shutting down",
  shutoff: "stopped",
  crashed: "crashed",
  "disk-snapshot": "disks only",
};
export const memory = "Memory";
export const after = "After";
export const note = "Note";
export const current = "current";
export const kept = "kept";
export const notKept = "not kept";
export const none = "No snapshots";
/** After the command that makes one. */
export const noneNote = " makes one; virtglass shows them.";
