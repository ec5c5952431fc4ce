import type { Status, VM } from "@/protocol/mod.ts";

/** A VM with when its guest started, in ms of the server's clock; null while it does not run. */
export type Listed = VM & { startedAt: number | null };

/** There is a guest, of however many seconds: in its first one its uptime is 0. */
const ACTIVE: ReadonlySet<Status> = new Set(["running", "paused", "shutdown"]);

/** `now` is the server's clock (ms) at which `vm` was true. */
export function listed(vm: VM, now: number): Listed {
  return { ...vm, startedAt: ACTIVE.has(vm.status) ? now - vm.uptime * 1000 : null };
}
