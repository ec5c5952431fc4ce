import { type DomainEvent, reasonName, stateName } from "@/libvirt/mod.ts";
import type { Status } from "@/protocol/mod.ts";

/** What a VM is doing, in the wire's words: its status and libvirt's reason for it. */
export interface VMState {
  status: Status;
  reason: string;
}

const STATUS: Record<ReturnType<typeof stateName>, Status> = {
  nostate: "unknown",
  running: "running",
  blocked: "running",
  paused: "paused",
  pmsuspended: "paused",
  shutdown: "shutdown",
  shutoff: "stopped",
  crashed: "crashed",
};

/** From libvirt's numbers, as `virDomainGetState` and the bulk statistics give them. */
export function vmState(state: number, reason: number): VMState {
  const words = reasonName(state, reason);
  const status = STATUS[stateName(state)];
  return {
    status: status === "stopped" && words === "crashed" ? "crashed" : status,
    reason: words,
  };
}

type LifecycleEvent = Extract<DomainEvent, { kind: "lifecycle" }>;

/**
 * The state a lifecycle event announces, so that it can be shown without asking libvirt first; null
 * for events that say nothing of it (defined, undefined).
 */
export function announcedState(event: LifecycleEvent): VMState | null {
  switch (event.event) {
    case "started":
    case "resumed":
      return { status: "running", reason: event.detail };
    case "suspended":
    case "pmsuspended":
      return { status: "paused", reason: event.detail };
    case "shutdown":
      return { status: "shutdown", reason: event.detail };
    case "stopped":
      return { status: event.detail === "crashed" ? "crashed" : "stopped", reason: event.detail };
    case "crashed":
      return { status: "crashed", reason: event.detail };
    default:
      return null;
  }
}

/** Whether a guest exists in memory: its console, statistics and uptime have a meaning. */
export function isActive(status: Status): boolean {
  return status === "running" || status === "paused" || status === "shutdown";
}
