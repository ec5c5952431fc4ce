/**
 * Words for a domain's state and for how it came to it.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainState
 */

/** virDomainState. */
export const DomainState = {
  nostate: 0,
  running: 1,
  blocked: 2,
  paused: 3,
  shutdown: 4,
  shutoff: 5,
  crashed: 6,
  pmsuspended: 7,
} as const;

export type StateName = keyof typeof DomainState;

const names: readonly StateName[] = [
  "nostate",
  "running",
  "blocked",
  "paused",
  "shutdown",
  "shutoff",
  "crashed",
  "pmsuspended",
];

const reasons: Record<StateName, readonly string[]> = {
  nostate: ["unknown"],
  running: [
    "unknown",
    "booted",
    "migrated",
    "restored",
    "from snapshot",
    "unpaused",
    "migration canceled",
    "save canceled",
    "woken up",
    "crashed",
    "post-copy",
    "post-copy failed",
  ],
  blocked: ["unknown"],
  paused: [
    "unknown",
    "user",
    "migrating",
    "saving",
    "dumping",
    "I/O error",
    "watchdog",
    "from snapshot",
    "shutting down",
    "creating snapshot",
    "crashed",
    "starting up",
    "post-copy",
    "post-copy failed",
  ],
  shutdown: ["unknown", "user"],
  shutoff: [
    "unknown",
    "shutdown",
    "destroyed",
    "crashed",
    "migrated",
    "saved",
    "failed",
    "from snapshot",
    "daemon",
  ],
  crashed: ["unknown", "panicked"],
  pmsuspended: ["unknown"],
};

/** The state's name; `nostate` for a number that we do not know. */
export function stateName(state: number): StateName {
  return names[state] ?? "nostate";
}

/** Why the domain is in that state, in words; `unknown` for a number that we do not know. */
export function reasonName(state: number, reason: number): string {
  return reasons[stateName(state)][reason] ?? "unknown";
}
