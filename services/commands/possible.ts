import type { Action, Status } from "@/protocol/mod.ts";

/** States in which there is no guest: what a stop leads to. */
export const ENDED: ReadonlySet<Status> = new Set(["stopped", "crashed"]);

/** Why a VM in this state cannot do that, in words; null when it can. */
export function impossible(action: Action, status: Status, force: boolean): string | null {
  if (status === "unknown") return null;
  const stopped = ENDED.has(status);
  switch (action) {
    case "start":
      if (stopped) return null;
      return status === "paused" ? "it is paused; resume it" : "it is already running";
    case "resume":
      return status === "paused" ? null : "it is not paused";
    case "suspend":
      return status === "running" ? null : "it is not running";
    case "stop":
    case "restart":
      // A crashed guest may still be held in memory: only libvirt knows, and says so if not.
      if (status === "crashed" && action === "stop" && force) return null;
      if (stopped) return "it is not running";
      return status === "paused" && !force
        ? "it is paused, so the guest cannot react; resume it first, or use force"
        : null;
  }
}
