import type { VM } from "@/protocol.ts";

/** A VM with when its guest started, in ms of the server's clock; null while it does not run. */
export type Listed = VM & { startedAt: number | null };

/** `now` is the server's clock (ms) at which `vm` was true. */
export function listed(vm: VM, now: number): Listed {
  return { ...vm, startedAt: vm.uptime > 0 ? now - vm.uptime * 1000 : null };
}
