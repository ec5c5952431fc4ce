import type { DomainStats } from "@/libvirt/mod.ts";
import type { Status } from "@/protocol/mod.ts";
import type { Latest } from "../monitor/mod.ts";
import type { VMRecord } from "../vms/mod.ts";

/** One metric in Prometheus' sense: a name, and a value for each set of labels. */
export interface Family<Subject> {
  name: string;
  type: "counter" | "gauge";
  help: string;
  /** Undefined and null are left out. */
  value: (subject: Subject) => number | null | undefined;
  /** Labels beside those that every value of this subject has. */
  labels?: (subject: Subject) => Record<string, string>;
}

/** A VM, and what it last told; null while it does not run. */
export interface Domain {
  record: VMRecord;
  latest: Latest | null;
}

/** A disk or NIC as it last told, with what the VM's definition says of it. */
export interface Disk {
  stats: NonNullable<DomainStats["blocks"]>[number];
  bus: string;
  source: string;
}
export interface NIC {
  stats: NonNullable<DomainStats["interfaces"]>[number];
  mac: string;
  source: string;
}

const KIB = 1024;
const kib = (value: number | undefined) => value === undefined ? undefined : value * KIB;

/** virDomainState, as far as virtglass tells states apart. */
const STATES: Record<Status, number> = {
  unknown: 0,
  running: 1,
  paused: 3,
  shutdown: 4,
  stopped: 5,
  crashed: 6,
};

const info = "libvirt_domain_info_";
const memory = "libvirt_domain_memory_stats_";
const block = "libvirt_domain_block_stats_";
const nic = "libvirt_domain_interface_stats_";

const balloon = ({ latest }: Domain) => latest?.dear?.balloon;

/** The names are those of the well-known libvirt exporters: dashboards and alerts go by them. */
export const OF_DOMAINS: readonly Family<Domain>[] = [
  {
    name: `${info}meta`,
    type: "gauge",
    help: "Always 1; what identifies the domain.",
    value: () => 1,
    labels: ({ record }) => ({ uuid: record.uuid }),
  },
  {
    name: `${info}vstate`,
    type: "gauge",
    help: "State of the domain as virDomainState numbers it.",
    value: ({ record }) => STATES[record.state.status],
  },
  {
    name: `${info}virtual_cpus`,
    type: "gauge",
    help: "Virtual CPUs of the domain.",
    value: ({ record }) => record.definition.vcpus,
  },
  {
    name: `${info}maximum_memory_bytes`,
    type: "gauge",
    help: "Memory that the domain may have at most.",
    value: ({ record }) => record.definition.memory,
  },
  {
    name: `${info}memory_usage_bytes`,
    type: "gauge",
    help: "Memory that the domain is given now.",
    value: (domain) => kib(balloon(domain)?.current),
  },
  {
    name: `${info}cpu_time_seconds_total`,
    type: "counter",
    help: "CPU time that the domain has used.",
    value: ({ latest }) => latest?.cheap.cpuTime === undefined ? null : latest.cheap.cpuTime / 1e9,
  },
  {
    name: `${memory}actual_balloon_bytes`,
    type: "gauge",
    help: "Size of the balloon: memory that the guest is given.",
    value: (domain) => kib(balloon(domain)?.current),
  },
  {
    name: `${memory}available_bytes`,
    type: "gauge",
    help: "Memory as the guest sees it.",
    value: (domain) => kib(balloon(domain)?.available),
  },
  {
    name: `${memory}usable_bytes`,
    type: "gauge",
    help: "Memory that the guest could use without swapping.",
    value: (domain) => kib(balloon(domain)?.usable),
  },
  {
    name: `${memory}unused_bytes`,
    type: "gauge",
    help: "Memory that the guest leaves unused.",
    value: (domain) => kib(balloon(domain)?.unused),
  },
  {
    name: `${memory}rss_bytes`,
    type: "gauge",
    help: "Memory of the host that the domain's process holds.",
    value: (domain) => kib(balloon(domain)?.rss),
  },
  {
    name: `${memory}used_percent`,
    type: "gauge",
    help: "Share of its memory that the guest uses, as it sees it.",
    value: (domain) => {
      const { available, usable } = balloon(domain) ?? {};
      return available && usable !== undefined ? 100 * (1 - usable / available) : null;
    },
  },
];

export const OF_DISKS: readonly Family<Disk>[] = [
  {
    name: "libvirt_domain_block_meta",
    type: "gauge",
    help: "Always 1; what the disk is.",
    value: () => 1,
    labels: ({ bus, source }) => ({ bus, source_file: source }),
  },
  {
    name: `${block}read_bytes_total`,
    type: "counter",
    help: "Bytes read from the disk.",
    value: ({ stats }) => stats.readBytes,
  },
  {
    name: `${block}read_requests_total`,
    type: "counter",
    help: "Requests to read from the disk.",
    value: ({ stats }) => stats.readOps,
  },
  {
    name: `${block}write_bytes_total`,
    type: "counter",
    help: "Bytes written to the disk.",
    value: ({ stats }) => stats.writeBytes,
  },
  {
    name: `${block}write_requests_total`,
    type: "counter",
    help: "Requests to write to the disk.",
    value: ({ stats }) => stats.writeOps,
  },
];

export const OF_NICS: readonly Family<NIC>[] = [
  {
    name: "libvirt_domain_interface_meta",
    type: "gauge",
    help: "Always 1; what the interface is.",
    value: () => 1,
    labels: ({ mac, source }) => ({ mac, source_bridge: source }),
  },
  {
    name: `${nic}receive_bytes_total`,
    type: "counter",
    help: "Bytes received on the interface.",
    value: ({ stats }) => stats.rxBytes,
  },
  {
    name: `${nic}receive_packets_total`,
    type: "counter",
    help: "Packets received on the interface.",
    value: ({ stats }) => stats.rxPackets,
  },
  {
    name: `${nic}transmit_bytes_total`,
    type: "counter",
    help: "Bytes sent on the interface.",
    value: ({ stats }) => stats.txBytes,
  },
  {
    name: `${nic}transmit_packets_total`,
    type: "counter",
    help: "Packets sent on the interface.",
    value: ({ stats }) => stats.txPackets,
  },
];
