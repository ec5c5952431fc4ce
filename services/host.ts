import type { Connection } from "@/libvirt/mod.ts";
import type { Host } from "@/protocol/mod.ts";
import { may, type Subject } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Hub } from "./hub.ts";
import type { Hypervisor } from "./hypervisor.ts";
import { StorageBeat } from "./storage.ts";
import { VERSION } from "./version.ts";
import { bootTime } from "./vms/uptime.ts";

export const HOST_TOPIC = "host";

/** Cumulative CPU times of the host, in ns, as `virNodeGetCPUStats` gives them. */
interface CPUTimes {
  idle: number;
  total: number;
}

/** The machine virtglass watches: what it is, whether libvirt answers, and how busy it is. */
export class HostService implements AsyncDisposable {
  readonly #hypervisor: Hypervisor;
  readonly #hub: Hub;
  readonly #storage: StorageBeat;
  #snapshot: Host;
  #cpuTimes: CPUTimes | null = null;

  constructor(hypervisor: Hypervisor, hub: Hub) {
    this.#hypervisor = hypervisor;
    this.#hub = hub;
    this.#snapshot = {
      name: Deno.hostname(),
      uri: hypervisor.uri,
      libvirt: hypervisor.connectivity,
      cpu: null,
      bootedAt: null,
      memory: null,
      storage: null,
      versions: { virtglass: VERSION, libvirt: null, hypervisor: null },
    };
    this.#storage = new StorageBeat(hypervisor.uri, (storage) => this.#update({ storage }));
    hypervisor.onConnectivity((libvirt) => this.#update({ libvirt }));
  }

  /** The host as this session may see it; null is somebody who may see everything. */
  snapshot(session: Session | null): Host {
    return session === null || may(session, "read", null) ? this.#snapshot : bare(this.#snapshot);
  }

  /** Reads what does not change while connected. */
  async identify(connection: Connection): Promise<void> {
    const node = await connection.nodeInfo();
    const hypervisorVersion = await connection.version();
    this.#update({
      name: await connection.hostname(),
      cpu: {
        model: node.model,
        count: node.cpus,
        mhz: node.mhz,
        utilization: this.#snapshot.cpu?.utilization ?? null,
      },
      bootedAt: await bootedAt(this.#hypervisor.uri),
      memory: { total: node.memory, used: this.#snapshot.memory?.used ?? null },
      versions: {
        virtglass: VERSION,
        libvirt: await connection.libVersion(),
        hypervisor: hypervisorVersion === null
          ? await connection.type()
          : `${await connection.type()} ${hypervisorVersion}`,
      },
    });
  }

  /** Reads how busy the host is: two calls, on the monitor's lane and on beats of its choice. */
  async sample(connection: Connection): Promise<void> {
    const { cpu, memory } = this.#snapshot;
    if (!cpu || !memory) return;
    if (isHere(this.#hypervisor.uri)) this.#storage.beat();
    const times = await connection.nodeCpuStats();
    const stats = await connection.nodeMemoryStats();
    const utilization = times === null ? null : this.#utilization(times);
    this.#update({
      cpu: { ...cpu, utilization: utilization ?? cpu.utilization },
      memory: {
        total: stats?.total ?? memory.total,
        used: stats ? stats.total - stats.free - stats.buffers - stats.cached : null,
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#storage[Symbol.asyncDispose]();
  }

  /** Percent of all CPUs together since the last sample; null at the first. */
  #utilization(times: { user: number; kernel: number; iowait: number; idle: number }) {
    const idle = times.idle + times.iowait;
    const now: CPUTimes = { idle, total: idle + times.user + times.kernel };
    const before = this.#cpuTimes;
    this.#cpuTimes = now;
    if (!before || now.total <= before.total) return null;
    const busy = 1 - (now.idle - before.idle) / (now.total - before.total);
    return Math.round(Math.max(0, busy) * 1000) / 10;
  }

  #update(change: Partial<Host>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    // Its part with a subject is for those who may see the host itself, with all its VMs.
    const whole = new Map<Subject, Host>([[null, this.#snapshot]]);
    this.#hub.publishParts(
      HOST_TOPIC,
      "host",
      whole,
      ([seen]) => seen?.[1] ?? bare(this.#snapshot),
    );
  }
}

/** The host is this machine unless its URI names another. */
const isHere = (uri: string) => URL.parse(uri)?.host === "";

/** libvirt does not tell it: it is known of this machine alone. */
async function bootedAt(uri: string): Promise<string | null> {
  const boot = isHere(uri) ? await bootTime() : null;
  return boot === null ? null : new Date(boot).toISOString();
}

/** Without how busy it is: who is granted single VMs would read there what the others do. */
const bare = (host: Host): Host => ({ ...host, cpu: null, memory: null, storage: null });
