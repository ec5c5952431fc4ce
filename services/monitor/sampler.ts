import type { DomainStats } from "@/libvirt/mod.ts";
import type { Measured, Rates, Sample } from "@/protocol/mod.ts";
import type { Moment } from "../clock.ts";

const KIB = 1024;

/** A counter group at the time it was last read, to take rates from. */
interface Reading<Counters> {
  /** By the clock that nobody sets, in ms: rates must survive one that is. */
  at: number;
  counters: Counters;
}

/**
 * How long after its start a guest is waited for to report its memory, in ms, before QEMU's own size
 * stands in for it: that one is far larger, and a line from one to the other would be a fall that
 * never was.
 */
const PATIENCE = 60_000;

const NO_RATES: Rates = { rxBytes: null, txBytes: null, readBytes: null, writeBytes: null };

/**
 * Turns the bulk statistics of one VM into samples. Cheap groups come every time, dear ones (memory,
 * disks) now and then: what did not come is repeated from the last time, and marked stale when it was
 * asked for and QEMU did not answer.
 */
export class Sampler {
  #cpu: Reading<number> | null = null;
  #network: Reading<Measured["network"]> | null = null;
  #disk: Reading<Measured["disk"]> | null = null;
  #metrics: Measured = {
    cpu: { utilization: null },
    memory: { used: null, total: null },
    network: { rxBytes: null, txBytes: null, rxPackets: null, txPackets: null },
    disk: { readBytes: null, writeBytes: null, readOps: null, writeOps: null },
  };
  #rates = NO_RATES;
  #answered = false;
  #stale = false;

  /**
   * @param vm `vcpus`, and `memory` in bytes, of its definition: what CPU and memory are measured against; `startedAt`
   *   in Unix ms, null when that is not known
   * @param dear whether memory and disks were asked for
   * @param time when the statistics were read
   */
  take(
    stats: DomainStats,
    vm: { definition: { vcpus: number; memory: number }; startedAt: number | null },
    dear: boolean,
    { unix, steady }: Moment,
  ): Sample {
    // Without a reply of QEMU in time libvirt leaves the resident size out, and keeps the rest.
    if (dear && this.#answered) this.#stale = stats.balloon?.rss === undefined;
    if (stats.balloon?.rss !== undefined) this.#answered = true;
    if (stats.cpuTime !== undefined) this.#takeCPU(stats.cpuTime, vm.definition.vcpus, steady);
    if (stats.balloon) {
      const young = vm.startedAt !== null && unix - vm.startedAt < PATIENCE;
      this.#takeMemory(stats.balloon, young);
    }
    if (stats.interfaces) this.#takeNetwork(stats.interfaces, steady);
    if (stats.blocks) this.#takeDisk(stats.blocks, steady);
    this.#metrics.memory.total ??= vm.definition.memory;
    return {
      time: new Date(unix).toISOString(),
      metrics: { ...this.#metrics },
      rates: this.#rates,
      stale: this.#stale,
    };
  }

  #takeCPU(cpuTime: number, vcpus: number, at: number): void {
    const before = this.#cpu;
    this.#cpu = { at, counters: cpuTime };
    if (!before || at <= before.at || cpuTime < before.counters) return;
    const share = (cpuTime - before.counters) / ((at - before.at) * 1e6 * Math.max(1, vcpus));
    this.#metrics.cpu = { utilization: Math.min(100, Math.round(share * 1000) / 10) };
  }

  /** The guest's own view when its balloon driver reports one, otherwise what QEMU holds. */
  #takeMemory(balloon: NonNullable<DomainStats["balloon"]>, young: boolean): void {
    const { available, unused, usable, rss, current, lastUpdate } = balloon;
    const free = usable ?? unused;
    const guestView = lastUpdate && available !== undefined && free !== undefined
      ? available - free
      : undefined;
    const total = guestView === undefined ? current : available;
    const held = rss === undefined || young ? undefined : Math.min(rss, total ?? rss);
    const used = guestView ?? held;
    // Without QEMU's answer the last view stays: it is marked stale.
    if (used === undefined && this.#stale) return;
    this.#metrics.memory = {
      used: used === undefined ? null : used * KIB,
      total: total === undefined ? null : total * KIB,
    };
  }

  #takeNetwork(interfaces: NonNullable<DomainStats["interfaces"]>, at: number): void {
    const counters = {
      rxBytes: sum(interfaces, "rxBytes"),
      txBytes: sum(interfaces, "txBytes"),
      rxPackets: sum(interfaces, "rxPackets"),
      txPackets: sum(interfaces, "txPackets"),
    };
    const seconds = elapsed(this.#network, at);
    const last = this.#network?.counters;
    this.#network = { at, counters };
    this.#metrics.network = counters;
    this.#rates = {
      ...this.#rates,
      rxBytes: rate(counters.rxBytes, last?.rxBytes, seconds),
      txBytes: rate(counters.txBytes, last?.txBytes, seconds),
    };
  }

  #takeDisk(blocks: NonNullable<DomainStats["blocks"]>, at: number): void {
    const counters = {
      readBytes: sum(blocks, "readBytes"),
      writeBytes: sum(blocks, "writeBytes"),
      readOps: sum(blocks, "readOps"),
      writeOps: sum(blocks, "writeOps"),
    };
    // QEMU did not answer: only the names came.
    if (counters.readBytes === null && counters.writeBytes === null) return;
    const seconds = elapsed(this.#disk, at);
    const last = this.#disk?.counters;
    this.#disk = { at, counters };
    this.#metrics.disk = counters;
    this.#rates = {
      ...this.#rates,
      readBytes: rate(counters.readBytes, last?.readBytes, seconds),
      writeBytes: rate(counters.writeBytes, last?.writeBytes, seconds),
    };
  }
}

/** Over all devices; null when there are some and none of them reports it. */
function sum<Name extends string>(
  devices: readonly { [name in Name]?: number }[],
  name: Name,
): number | null {
  let total: number | null = devices.length === 0 ? 0 : null;
  for (const device of devices) {
    const value = device[name];
    if (value !== undefined) total = (total ?? 0) + value;
  }
  return total;
}

const elapsed = (reading: { at: number } | null, at: number) =>
  reading ? (at - reading.at) / 1000 : 0;

/** Per second; null when there is nothing to compare with, or a counter began anew. */
function rate(now: number | null, before: number | null | undefined, seconds: number) {
  if (now === null || before === null || before === undefined) return null;
  return seconds > 0 && now >= before ? Math.round((now - before) / seconds) : null;
}
