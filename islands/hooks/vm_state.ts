import type { ServerMessage } from "@/protocol/mod.ts";
import { type Listed, listed } from "@/components/listed.ts";

/** One VM as its page shows it. `now` is the server's clock (ms) as of the last message about it. */
export interface VMState {
  vm: Listed;
  now: number;
  gone: boolean;
}

/** What is true after `message`, which may come from the VM's own socket or from `/ws/events`. */
export function applyToVM(state: VMState, message: ServerMessage): VMState {
  const now = Date.parse(message.timestamp) || state.now;
  switch (message.type) {
    case "status": {
      // The reason is not in the message; the one of another state must not stay.
      const reason = message.data.status === state.vm.status ? state.vm.reason : "";
      return { vm: listed({ ...state.vm, ...message.data, reason }, now), now, gone: false };
    }
    case "vm":
      if (message.data.uuid !== state.vm.uuid) return state;
      return { vm: listed(message.data, now), now, gone: false };
    case "subscribed": {
      const vm = message.data.vms?.find(({ uuid }) => uuid === state.vm.uuid);
      return vm ? { vm: listed(vm, now), now, gone: false } : state;
    }
    case "vm_removed":
      return message.data.uuid === state.vm.uuid ? { ...state, now, gone: true } : state;
    default:
      return state;
  }
}
