import type { Domain } from "@/libvirt/mod.ts";
import type { Hub } from "../hub.ts";
import { isActive } from "./state.ts";
import { type VMs, VMS_TOPIC } from "./mod.ts";

/** A guest's IP addresses with their prefix, by MAC. */
export async function addressesOf(domain: Domain): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const source of ["lease", "arp"] as const) {
    // Drivers without a source refuse it; the other one may still know.
    const interfaces = await domain.interfaceAddresses(source).catch(() => []);
    for (const { mac, addresses } of interfaces) {
      if (mac === null || addresses.length === 0) continue;
      const known = found.get(mac) ?? [];
      const fresh = addresses.map(({ address, prefix }) => `${address}/${prefix}`);
      found.set(mac, [...new Set([...known, ...fresh])]);
    }
  }
  return found;
}

/** Milliseconds between two looks at the addresses of all guests, while somebody sees them. */
const BEAT = 30_000;
/** Milliseconds from a guest's start to the first look: it boots, and asks for a lease. */
const BOOT = 8_000;

/**
 * Keeps the addresses that the table of VMs shows up to date. libvirt announces no lease, so they
 * are asked for: when somebody begins to look, soon after a guest has started, and on a slow beat.
 */
export class AddressBeat implements Disposable {
  readonly #vms: VMs;
  readonly #hub: Hub;
  readonly #change: Disposable;
  readonly #booting = new Map<string, ReturnType<typeof setTimeout>>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #reading = false;

  constructor(vms: VMs, hub: Hub) {
    this.#vms = vms;
    this.#hub = hub;
    hub.onInterest((topic, watched) => {
      if (topic !== VMS_TOPIC) return;
      clearInterval(this.#timer);
      if (!watched) return;
      this.#timer = setInterval(() => void this.#readAll(), BEAT);
      void this.#readAll();
    });
    this.#change = vms.onChange(({ kind, record }) => {
      clearTimeout(this.#booting.get(record.uuid));
      this.#booting.delete(record.uuid);
      if (kind !== "state" || record.state.status !== "running") return;
      this.#booting.set(record.uuid, setTimeout(() => this.#readOne(record.uuid), BOOT));
    });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    for (const timer of this.#booting.values()) clearTimeout(timer);
    this.#booting.clear();
    this.#change[Symbol.dispose]();
  }

  #readOne(uuid: string): void {
    this.#booting.delete(uuid);
    const record = this.#vms.record(uuid);
    if (record && this.#hub.watched(VMS_TOPIC)) void this.#vms.readAddresses(record);
  }

  /** One VM after the other, so that what else is asked has its turn in between. */
  async #readAll(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    for (const record of this.#vms.records()) {
      if (!this.#hub.watched(VMS_TOPIC)) break;
      if (isActive(record.state.status)) await this.#vms.readAddresses(record);
    }
    this.#reading = false;
  }
}
