import type { DomainStats } from "@/libvirt/mod.ts";
import type { MetricsHistory, Sample, SampleDevices } from "@/protocol/mod.ts";
import type { Moment } from "../../clock.ts";
import type { VMRecord } from "../../vms/mod.ts";
import { Device } from "./device.ts";
import { History, type Span } from "./history.ts";
import type { Subject } from "./subject.ts";
import { percent, sum, whole } from "./told.ts";

const KIB = 1024;

/** Columns that every VM has; those of its devices follow, two each. */
const FIXED = ["cpu", "memory", "resident"];
const CPU = 0;
const MEMORY = 1;
const RESIDENT = 2;

/** Disks and NICs of one VM whose numbers are kept; the sums are of these. */
export const MOST_DEVICES = 32;

/** What each of a device's two columns is called when it is saved. */
const SIDES = { nic: ["rx", "tx"], disk: ["read", "write"] } as const;

/** The history of one VM: what it uses, and what each of its disks and NICs does. */
export class VMHistory implements Subject {
  readonly history = new History(FIXED.length);
  readonly #devices: Device[] = [];
  /** Those that are there by their names on the host, which may change with each start. */
  readonly #named = { nic: new Map<string, Device>(), disk: new Map<string, Device>() };
  #definition: VMRecord["definition"] | null = null;
  /** What QEMU holds of the host's memory, in bytes; as it was last told. */
  #resident = NaN;

  get series(): string[] {
    return [
      ...FIXED,
      ...this.#devices.flatMap(({ kind, id }) => SIDES[kind].map((s) => `${s}:${id}`)),
    ];
  }

  adopt(series: string[]): boolean {
    if (series.length % 2 === 0 || FIXED.some((name, n) => series[n] !== name)) return false;
    for (let n = FIXED.length; n < series.length; n += 2) {
      const [side, id] = /^(rx|read):(.+)$/s.exec(series[n]!)?.slice(1) ?? [];
      if (id === undefined) return false;
      this.#add(side === "rx" ? "nic" : "disk", id);
    }
    return true;
  }

  /**
   * Takes a sample, with the statistics that it was made of.
   *
   * @param at in ms of the steady clock
   */
  take({ metrics, stale }: Sample, stats: DomainStats, record: VMRecord, at: number): void {
    if (stats.balloon?.rss !== undefined) this.#resident = stats.balloon.rss * KIB;
    if (stats.interfaces) this.#takeNICs(stats.interfaces, record.definition, at);
    if (stats.blocks) this.#takeDisks(stats.blocks, at);
    const { row } = this.history;
    row[CPU] = metrics.cpu.utilization ?? NaN;
    // What is stale is repeated: it was not measured.
    row[MEMORY] = stale ? NaN : metrics.memory.used ?? NaN;
    row[RESIDENT] = stale ? NaN : this.#resident;
    for (const { kind, column, inward, outward } of this.#devices) {
      const silent = stale && kind === "disk";
      row[column] = silent ? NaN : inward;
      row[column + 1] = silent ? NaN : outward;
    }
    this.history.push(at);
  }

  /** The guest has ended: nothing is measured from here on, and its counters begin anew. */
  end(at: number): void {
    this.history.gap(at);
    this.#resident = NaN;
    for (const device of this.#devices) device.reset();
    for (const named of Object.values(this.#named)) named.clear();
  }

  /** What the last sample says of the devices; numbers that are not known are null. */
  devices(): SampleDevices {
    const told: SampleDevices = { resident: whole(this.#resident), nics: [], disks: [] };
    for (const { kind, id, name, inward, outward } of this.#devices) {
      if (name === null) continue;
      const [first, second] = [whole(inward), whole(outward)];
      if (kind === "nic") {
        told.nics.push({ mac: id, device: name, rxBytes: first, txBytes: second });
      } else told.disks.push({ device: id, readBytes: first, writeBytes: second });
    }
    return told;
  }

  /** A span of it, as REST tells it. Devices of which nothing is in it are left out. */
  told(span: Span, moment: Moment): MetricsHistory {
    const { time, means, most } = this.history.points(span, moment);
    const inSpan = this.#devices.filter(({ name, column }) =>
      name !== null || [0, 1].some((side) => means[column + side]!.some((value) => value >= 0))
    );
    const of = (kind: Device["kind"], side: 0 | 1) =>
      sum(
        this.#devices.filter((one) => one.kind === kind).map((one) => means[one.column + side]!),
        time,
      );
    const pair = <A extends string, B extends string>(
      columns: number[][],
      at: number,
      [a, b]: [A, B],
    ) =>
      ({ [a]: columns[at]!.map(whole), [b]: columns[at + 1]!.map(whole) }) as Record<
        A | B,
        (number | null)[]
      >;
    const peaks = span.step > 1;
    return {
      step: span.step,
      time,
      cpu: means[CPU]!.map(percent),
      memory: means[MEMORY]!.map(whole),
      resident: means[RESIDENT]!.map(whole),
      rxBytes: of("nic", 0),
      txBytes: of("nic", 1),
      readBytes: of("disk", 0),
      writeBytes: of("disk", 1),
      ...(peaks && {
        max: {
          cpu: most[CPU]!.map(percent),
          memory: most[MEMORY]!.map(whole),
          resident: most[RESIDENT]!.map(whole),
        },
      }),
      nics: inSpan.filter(({ kind }) => kind === "nic").map(({ id, name, column }) => ({
        mac: id,
        device: name,
        ...pair(means, column, ["rxBytes", "txBytes"]),
        ...(peaks && { max: pair(most, column, ["rxBytes", "txBytes"]) }),
      })),
      disks: inSpan.filter(({ kind }) => kind === "disk").map(({ id, column }) => ({
        device: id,
        ...pair(means, column, ["readBytes", "writeBytes"]),
        ...(peaks && { max: pair(most, column, ["readBytes", "writeBytes"]) }),
      })),
    };
  }

  #takeNICs(
    interfaces: NonNullable<DomainStats["interfaces"]>,
    definition: VMRecord["definition"],
    at: number,
  ): void {
    if (definition !== this.#definition) this.#named.nic.clear();
    this.#definition = definition;
    for (const { name, rxBytes = NaN, txBytes = NaN } of interfaces) {
      const device = this.#named.nic.get(name) ?? this.#meetNIC(name);
      device?.count(rxBytes, txBytes, at);
    }
    this.#missAbsent("nic", at);
  }

  #takeDisks(blocks: NonNullable<DomainStats["blocks"]>, at: number): void {
    for (const { name, readBytes, writeBytes } of blocks) {
      const device = this.#named.disk.get(name) ?? this.#meet("disk", name, name);
      if (!device) continue;
      // QEMU did not answer: only the names came.
      if (readBytes === undefined && writeBytes === undefined) device.seenAt = at;
      else device.count(readBytes ?? NaN, writeBytes ?? NaN, at);
    }
    this.#missAbsent("disk", at);
  }

  /** A NIC is known by its MAC, which the definition tells: until that was read it is not kept. */
  #meetNIC(name: string): Device | null {
    const nic = this.#definition?.interfaces.find(({ device }) => device === name);
    return nic?.mac ? this.#meet("nic", nic.mac, name) : null;
  }

  #meet(kind: Device["kind"], id: string, name: string): Device | null {
    const known = this.#devices.find((device) => device.kind === kind && device.id === id);
    const device = known ?? this.#add(kind, id);
    if (device === null) return null;
    device.name = name;
    this.#named[kind].set(name, device);
    return device;
  }

  /** Where there are too many, one that is gone makes room: the one that has been for longest. */
  #add(kind: Device["kind"], id: string): Device | null {
    if (this.#devices.length < MOST_DEVICES) {
      const device = new Device(kind, id, this.history.addColumn());
      this.history.addColumn();
      this.#devices.push(device);
      return device;
    }
    const gone = this.#devices.filter(({ name }) => name === null)
      .sort((a, b) => a.seenAt - b.seenAt)[0];
    if (gone === undefined) return null;
    const device = new Device(kind, id, gone.column);
    this.history.clearColumn(gone.column);
    this.history.clearColumn(gone.column + 1);
    this.#devices[this.#devices.indexOf(gone)] = device;
    return device;
  }

  #missAbsent(kind: Device["kind"], at: number): void {
    for (const device of this.#devices) {
      if (device.kind !== kind || device.seenAt === at || device.name === null) continue;
      this.#named[kind].delete(device.name);
      device.reset();
    }
  }
}
