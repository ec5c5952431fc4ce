/**
 * The numbers in domain events, in words.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainEventType
 */

const words = {
  defined: ["added", "updated", "renamed", "from snapshot"],
  undefined: ["removed", "renamed"],
  started: ["booted", "migrated", "restored", "from snapshot", "woken up"],
  suspended: [
    "paused",
    "migrated",
    "I/O error",
    "watchdog",
    "restored",
    "from snapshot",
    "API error",
    "post-copy",
    "post-copy failed",
  ],
  resumed: ["unpaused", "migrated", "from snapshot", "post-copy", "post-copy failed"],
  stopped: ["shutdown", "destroyed", "crashed", "migrated", "saved", "failed", "from snapshot"],
  shutdown: ["finished", "by guest", "by host"],
  pmsuspended: ["memory", "disk"],
  crashed: ["panicked", "crashloaded"],
} as const;

export type LifecycleName = keyof typeof words;

const lifecycleNames: readonly LifecycleName[] = [
  "defined",
  "undefined",
  "started",
  "suspended",
  "resumed",
  "stopped",
  "shutdown",
  "pmsuspended",
  "crashed",
];

/** virDomainEventType with its detail; null for an event that is newer than this list. */
export function lifecycle(
  event: number,
  detailCode: number,
): { event: LifecycleName; detail: string; detailCode: number } | null {
  const name = lifecycleNames[event];
  if (name === undefined) return null;
  return { event: name, detail: word(words[name], detailCode), detailCode };
}

/** The word for a number, or the number itself where libvirt is newer than the list. */
export function word(list: readonly string[], number: number): string {
  return list[number] ?? String(number);
}

export const watchdogActions = [
  "none",
  "pause",
  "reset",
  "poweroff",
  "shutdown",
  "debug",
  "inject NMI",
];
export const ioErrorActions = ["none", "pause", "report"];
export const graphicsPhases = ["connect", "initialize", "disconnect"];
export const blockJobTypes = ["unknown", "pull", "copy", "commit", "active commit", "backup"];
export const blockJobStatuses = ["completed", "failed", "canceled", "ready"];
export const diskChangeReasons = ["missing on start", "dropped, missing on start"];
export const trayReasons = ["open", "close"];
export const agentStates = ["unknown", "connected", "disconnected"];
export const agentReasons = ["unknown", "domain started", "channel"];
export const metadataTypes = ["description", "title", "element"];
export const memoryFailureRecipients = ["hypervisor", "guest"];
export const memoryFailureActions = ["ignore", "inject", "fatal", "reset"];
