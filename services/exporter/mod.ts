import type { HostService } from "../host.ts";
import type { Monitor } from "../monitor/mod.ts";
import type { VMs } from "../vms/mod.ts";
import { type Access, type Reader, visible } from "./access.ts";
import { type Disk, type Domain, type NIC, OF_DISKS, OF_DOMAINS, OF_NICS } from "./families.ts";
import { OWN } from "./own.ts";
import { format, type Labelled } from "./text.ts";

export { CONTENT_TYPE } from "./text.ts";

/** Seconds after which a number is not told any more: one that stands still would be no truth. */
const OLD = 90;

/** What Prometheus is told: the monitor's last numbers, without asking libvirt again. */
export class Exporter {
  readonly #access: Access;
  readonly #vms: VMs;
  readonly #host: HostService;
  readonly #monitor: Monitor;

  constructor(access: Access, vms: VMs, host: HostService, monitor: Monitor) {
    this.#access = access;
    this.#vms = vms;
    this.#host = host;
    this.#monitor = monitor;
  }

  /** @throws GlassError UNAUTHENTICATED for a reader who may be told nothing */
  tell(reader: Reader): string {
    const sees = visible(this.#access, reader);
    const age = this.#monitor.noteScrape();
    const told = age !== null && age <= OLD;
    const domains = this.#vms.records().filter(sees).map((record): Labelled<Domain> => ({
      labels: { domain: record.name },
      subject: { record, latest: told ? this.#monitor.latest(record.uuid) : null },
    }));
    const host = this.#host.snapshot(reader.session);
    return format(OWN, [{ labels: {}, subject: { host, age } }]) +
      format(OF_DOMAINS, domains) +
      format(OF_DISKS, domains.flatMap(disks)) +
      format(OF_NICS, domains.flatMap(nics));
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
  // A NIC without a name on the host, such as one of QEMU's user network, is not counted.
  return (latest?.cheap.interfaces ?? []).filter(({ name }) => name !== "").map((stats) => {
    const known = record.definition?.interfaces.find(({ device }) => device === stats.name);
    return {
      labels: { ...labels, target_device: stats.name },
      subject: { stats, mac: known?.mac ?? "", source: known?.source ?? "" },
    };
  });
}
