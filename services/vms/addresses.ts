import type { Domain } from "@/libvirt/mod.ts";
import type { Hub } from "../hub.ts";
import { isActive } from "./state.ts";
import type { VMRecord, VMs } from "./mod.ts";
import { vmRowTopic, VMS_TOPIC } from "./roster.ts";

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

/** Milliseconds between two looks at the addresses of guests, while somebody sees them. */
const BEAT = 30_000;
/**
 * Milliseconds from a guest's start to the first look. It boots, and asks for a lease: until it has an
 * address each look comes after twice the time of the one before, as long as that is less than a beat.
 */
const BOOT = 2_000;

/**
 * Keeps the addresses up to date that the table of VMs and the pages of single ones show. libvirt
 * announces no lease, so they are asked for: when somebody begins to look at the table (a VM's own
 * page asks when it is drawn), again and again after a guest has started, and on a slow beat.
 */
export class AddressBeat implements Disposable {
  readonly #vms: VMs;
  readonly #hub: Hub;
  readonly #change: Disposable;
  readonly #booting = new Map<string, ReturnType<typeof setTimeout>>();
  /** Topics that somebody watches, whose messages have addresses. */
  readonly #watched = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #reading = false;

  constructor(vms: VMs, hub: Hub) {
    this.#vms = vms;
    this.#hub = hub;
    hub.onInterest((topic, watched) => {
      if (topic !== VMS_TOPIC && !topic.startsWith(vmRowTopic(""))) return;
      if (watched) this.#watched.add(topic);
      else this.#watched.delete(topic);
      if (this.#watched.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      } else this.#timer ??= setInterval(() => void this.#readShown(), BEAT);
      if (watched && topic === VMS_TOPIC) void this.#readShown();
    });
    this.#change = vms.onChange(({ kind, record }) => {
      if (kind === "facts") return;
      clearTimeout(this.#booting.get(record.uuid));
      this.#booting.delete(record.uuid);
      if (kind === "state" && record.state.status === "running") this.#lookIn(BOOT, record);
    });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    for (const timer of this.#booting.values()) clearTimeout(timer);
    this.#booting.clear();
    this.#change[Symbol.dispose]();
  }

  #lookIn(time: number, record: VMRecord): void {
    const timer = setTimeout(async () => {
      if (this.#isShown(record)) await this.#vms.readAddresses(record);
      // It may have stopped meanwhile, or started anew.
      if (this.#booting.get(record.uuid) !== timer) return;
      this.#booting.delete(record.uuid);
      if (record.addresses.size === 0 && 2 * time < BEAT) this.#lookIn(2 * time, record);
    }, time);
    this.#booting.set(record.uuid, timer);
  }

  #isShown({ uuid }: VMRecord): boolean {
    return this.#hub.watched(VMS_TOPIC) || this.#hub.watched(vmRowTopic(uuid));
  }

  /** One VM after the other, so that what else is asked has its turn in between. */
  async #readShown(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    for (const record of this.#vms.records()) {
      if (this.#isShown(record) && isActive(record.state.status)) {
        await this.#vms.readAddresses(record);
      }
    }
    this.#reading = false;
  }
}
