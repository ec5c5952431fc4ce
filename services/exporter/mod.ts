import type { HostService } from "../host.ts";
import type { Hypervisor } from "../hypervisor.ts";
import type { Session } from "../identity/sessions.ts";
import type { Monitor } from "../monitor/mod.ts";
import { VERSION } from "../version.ts";
import type { VMs } from "../vms/mod.ts";
import { type Access, type Reader, visible } from "./access.ts";
import {
  type Disk,
  type Domain,
  type Family,
  type NIC,
  OF_DISKS,
  OF_DOMAINS,
  OF_NICS,
} from "./families.ts";
import { format, type Labelled } from "./text.ts";

export { CONTENT_TYPE } from "./text.ts";

/** What Prometheus is told: the monitor's last numbers, without asking libvirt again. */
export class Exporter {
  readonly #access: Access;
  readonly #hypervisor: Hypervisor;
  readonly #vms: VMs;
  readonly #host: HostService;
  readonly #monitor: Monitor;

  constructor(
    access: Access,
    hypervisor: Hypervisor,
    vms: VMs,
    host: HostService,
    monitor: Monitor,
  ) {
    this.#access = access;
    this.#hypervisor = hypervisor;
    this.#vms = vms;
    this.#host = host;
    this.#monitor = monitor;
  }

  /** @throws GlassError UNAUTHENTICATED for a reader who may be told nothing */
  tell(reader: Reader): string {
    const sees = visible(this.#access, reader);
    const age = this.#monitor.noteScrape();
    const domains = this.#vms.records().filter(sees).map((record): Labelled<Domain> => ({
      labels: { domain: record.name },
      subject: { record, latest: this.#monitor.latest(record.uuid) },
    }));
    return format(this.#own(age, reader.session), [{ labels: {}, subject: null }]) +
      format(OF_DOMAINS, domains) +
      format(OF_DISKS, domains.flatMap(disks)) +
      format(OF_NICS, domains.flatMap(nics));
  }

  /** Of the host and of virtglass itself. */
  #own(age: number | null, session: Session | null): Family<null>[] {
    const { cpu, memory } = this.#host.snapshot(session);
    const gauge = (name: string, help: string, value: number | null): Family<null> => (
      { name, type: "gauge", help, value: () => value }
    );
    return [
      gauge(
        "libvirt_up",
        "Whether libvirt answers.",
        this.#hypervisor.connectivity.connected ? 1 : 0,
      ),
      {
        ...gauge("virtglass_build_info", "Always 1; which virtglass this is.", 1),
        labels: () => ({ version: VERSION }),
      },
      gauge("virtglass_sample_age_seconds", "Seconds since the numbers were measured.", age),
      gauge(
        "virtglass_host_cpu_utilization_percent",
        "Percent of all CPUs of the host together.",
        cpu?.utilization ?? null,
      ),
      gauge("virtglass_host_memory_used_bytes", "Memory in use on the host.", memory?.used ?? null),
      gauge("virtglass_host_memory_total_bytes", "Memory of the host.", memory?.total ?? null),
    ];
  }
}

function disks({ labels, subject: { record, latest } }: Labelled<Domain>): Labelled<Disk>[] {
  return (latest?.dear?.blocks ?? []).map((stats) => {
    const known = record.definition?.disks.find(({ device }) => device === stats.name);
    return {
      labels: { ...labels, target_device: stats.name },
      subject: { stats, bus: known?.bus ?? "", source: known?.source ?? "" },
    };
  });
}

function nics({ labels, subject: { record, latest } }: Labelled<Domain>): Labelled<NIC>[] {
  return (latest?.cheap.interfaces ?? []).filter(({ name }) => name !== "").map((stats) => {
    const known = record.definition?.interfaces.find(({ device }) => device === stats.name);
    return {
      labels: { ...labels, target_device: stats.name },
      subject: { stats, mac: known?.mac ?? "", source: known?.source ?? "" },
    };
  });
}
