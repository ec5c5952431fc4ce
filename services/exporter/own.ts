import type { Host } from "@/protocol/mod.ts";
import { VERSION } from "../version.ts";
import type { Family } from "./families.ts";

/** The host, and virtglass itself. */
export interface Own {
  host: Host;
  /** Seconds since the numbers were measured; null before there are any. */
  age: number | null;
}

export const OWN: readonly Family<Own>[] = [
  {
    name: "libvirt_up",
    type: "gauge",
    help: "Whether libvirt answers.",
    value: ({ host }) => host.libvirt.connected ? 1 : 0,
  },
  {
    name: "virtglass_build_info",
    type: "gauge",
    help: "Always 1; which virtglass this is.",
    value: () => 1,
    labels: () => ({ version: VERSION }),
  },
  {
    name: "virtglass_sample_age_seconds",
    type: "gauge",
    help: "Seconds since the numbers were measured.",
    value: ({ age }) => age,
  },
  {
    name: "virtglass_host_cpu_utilization_percent",
    type: "gauge",
    help: "Percent of all CPUs of the host together.",
    value: ({ host }) => host.cpu?.utilization,
  },
  {
    name: "virtglass_host_memory_used_bytes",
    type: "gauge",
    help: "Memory in use on the host.",
    value: ({ host }) => host.memory?.used,
  },
  {
    name: "virtglass_host_memory_total_bytes",
    type: "gauge",
    help: "Memory of the host.",
    value: ({ host }) => host.memory?.total,
  },
];
