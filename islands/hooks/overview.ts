import type { Host, ServerMessage, VM } from "@/protocol.ts";
import { type Listed, listed } from "@/components/listed.ts";

/** All that the host page shows. `now` is the server's clock (ms) as of the last message. */
export interface Overview {
  host: Host;
  vms: Listed[];
  now: number;
}

/** By name as people count: web2 before web10. */
const { compare } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const byName = (a: VM, b: VM) => compare(a.name, b.name) || (a.uuid < b.uuid ? -1 : 1);

export function overview(host: Host, vms: VM[], now: number): Overview {
  return { host, vms: vms.map((vm) => listed(vm, now)).sort(byName), now };
}

/** What is true after `message`: an unchanged VM stays the same object. */
export function applyToOverview(state: Overview, message: ServerMessage): Overview {
  const now = Date.parse(message.timestamp) || state.now;
  switch (message.type) {
    case "subscribed": {
      const { host = state.host, vms, topics } = message.data;
      // A snapshot of single VMs, asked for by another island, is not the list of all.
      const all = vms !== undefined && topics.includes("vms");
      return all ? overview(host, vms, now) : { ...state, host, now };
    }
    case "host":
      return { ...state, host: message.data, now };
    case "vm": {
      const others = state.vms.filter(({ uuid }) => uuid !== message.data.uuid);
      return { ...state, vms: [...others, listed(message.data, now)].sort(byName), now };
    }
    case "vm_removed":
      return { ...state, vms: state.vms.filter(({ uuid }) => uuid !== message.data.uuid), now };
    case "samples": {
      const samples = message.data.vms;
      const vms = state.vms.map((vm) => {
        const sample = Object.hasOwn(samples, vm.name) ? samples[vm.name] : undefined;
        return sample ? { ...vm, sample } : vm;
      });
      return { ...state, vms, now };
    }
    default:
      return state;
  }
}
