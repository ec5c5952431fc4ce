export const heading = (host: string) => `Host ${host}`;
export const running = "VMs running";
export const ofAll = (count: number) => `of ${count}`;
export const noneDefined = "none defined";
export const allOfThem = "all of them";
export const cpu = "CPU";
export const memory = "Memory";
export const ofMemory = (size: string) => `of ${size}`;
export const storage = "Storage";
export const ofStorage = (size: string, pool: string, pools: number) =>
  `of ${size}, pool ${pool}${pools > 1 ? `, the fullest of ${pools}` : ""}`;
export const notReported = "not reported";
export const libvirt = "libvirt";
export const connected = "connected";
export const up = (time: string) => `host up for ${time}`;
export const lost = "Lost";

/** What is not running, after its number. */
export const others = {
  paused: "paused",
  shutdown: "shutting down",
  crashed: "crashed",
  stopped: "stopped",
  unknown: "unknown",
};

export const noVMs = "No virtual machines yet";
/** Around the two commands that define one. */
export const noVMsNote = [
  "This host has none that you may see. One that is defined with ",
  " or ",
  " appears here by itself.",
] as const;
