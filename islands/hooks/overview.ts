import type { Host, ServerMessage, VM } from "@/protocol/mod.ts";
import { listed } from "@/components/listed.ts";
import { addToSpark, noSpark, type Spark } from "@/components/spark.ts";
import type { Row } from "@/components/vm_row.ts";

/** All that the host page shows. `now` is the server's clock (ms) as of the last message. */
export interface Overview {
  host: Host;
  vms: Row[];
  now: number;
}

/** What is known of VMs' last minutes, by UUID. */
export type Sparks = Record<string, Spark>;

/** By name as people count: web2 before web10. */
const { compare } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const byName = (a: VM, b: VM) => compare(a.name, b.name) || (a.uuid < b.uuid ? -1 : 1);

export function overview(host: Host, vms: VM[], now: number, sparks: Sparks = {}): Overview {
  const rows = vms.map((vm) => row(vm, now, sparks[vm.uuid] ?? noSpark));
  return { host, vms: rows.sort(byName), now };
}

const row = (vm: VM, now: number, spark: Spark): Row => ({ ...listed(vm, now), spark });

/** What is true after `message`: an unchanged VM stays the same object. */
export function applyToOverview(state: Overview, message: ServerMessage): Overview {
  const now = Date.parse(message.timestamp) || state.now;
  switch (message.type) {
    case "subscribed": {
      const { host = state.host, vms, topics } = message.data;
      // A snapshot of single VMs, asked for by another island, is not the list of all.
      const all = vms !== undefined && topics.includes("vms");
      if (!all) return { ...state, host, now };
      const sparks = Object.fromEntries(state.vms.map(({ uuid, spark }) => [uuid, spark]));
      return overview(host, vms, now, sparks);
    }
    case "host":
      return { ...state, host: message.data, now };
    case "vm": {
      const { uuid } = message.data;
      const others = state.vms.filter((vm) => vm.uuid !== uuid);
      const spark = state.vms.find((vm) => vm.uuid === uuid)?.spark ?? noSpark;
      return { ...state, vms: [...others, row(message.data, now, spark)].sort(byName), now };
    }
    case "vm_removed":
      return { ...state, vms: state.vms.filter(({ uuid }) => uuid !== message.data.uuid), now };
    case "samples": {
      const samples = message.data.vms;
      const vms = state.vms.map((vm) => {
        const sample = Object.hasOwn(samples, vm.name) ? samples[vm.name] : undefined;
        return sample ? { ...vm, sample, spark: addToSpark(vm.spark, sample) } : vm;
      });
      return { ...state, vms, now };
    }
    default:
      return state;
  }
}
