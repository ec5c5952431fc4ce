import { may } from "@/services/identity/policy.ts";
import type { Session, State } from "@/services/mod.ts";
import type { VMs } from "@/services/vms/mod.ts";
import { signedIn } from "./session.ts";

/**
 * A VM's frame, and a part of the VM that `read` reads; with the number of the last event before that,
 * since when a page is to be drawn anew.
 *
 * @throws GlassError VM_NOT_FOUND, or what `read` throws
 */
export async function vmPart<Part>(
  state: State,
  name: string,
  read: (vms: VMs, session: Session, uuid: string) => Promise<Part>,
) {
  const session = signedIn(state);
  const { vms, events } = state.services;
  const mark = events.mark();
  const vm = vms.get(session, name);
  const part = await read(vms, session, vm.uuid);
  return { frame: { vm, maySwitch: may(session, "start", vm), now: Date.now() }, mark, part };
}
