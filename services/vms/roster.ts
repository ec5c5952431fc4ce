import type { Hub } from "../hub.ts";
import { steadyUnix } from "../clock.ts";
import { log } from "../log.ts";
import type { Store } from "@/services/store/mod.ts";
import type { Definition } from "./definition.ts";
import { isAnotherStart, VMMemory } from "./memory.ts";
import type { Reading } from "./reader.ts";
import { firstSince, toDetail, toStatus, toVM, type VMRecord } from "./record.ts";
import { isActive, type VMState } from "./state.ts";

/** What happened to a VM's record; `removed` comes after its last state. */
export type VMChange = { kind: "state" | "facts" | "removed"; record: VMRecord };

/**
 * Topics of the hub about VMs; by UUID, since names may change while one watches: `status` messages of
 * one VM, `vm` messages of one VM with its detail, and `vm` messages of all.
 */
export const vmTopic = (uuid: string) => `vm:${uuid}`;
export const vmRowTopic = (uuid: string) => `vm-row:${uuid}`;
export const VMS_TOPIC = "vms";

let names: Intl.Collator | undefined;

/** As people order names: web2 before web10. The first collator takes ms to make: not before libvirt is asked. */
function compare(a: VMRecord, b: VMRecord): number {
  names ??= new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  return names.compare(a.name, b.name);
}

/** The VMs that are known, and who is told when one changes: whatever does is published as a whole object. */
export class Roster implements Disposable {
  /** By which libvirt calls the machine that they are on. */
  host = "";
  readonly #hub: Hub;
  readonly #memory: VMMemory;
  readonly #records = new Map<string, VMRecord>();
  /** The records in their order; null after one came, went, or got another name. */
  #byName: readonly VMRecord[] | null = null;
  readonly #listeners = new Set<(change: VMChange) => void>();

  constructor(hub: Hub, store: Store) {
    this.#hub = hub;
    this.#memory = new VMMemory(store);
  }

  /** All of them, by name. */
  records(): readonly VMRecord[] {
    return this.#byName ??= [...this.#records.values()].sort(compare);
  }

  record(uuid: string): VMRecord | undefined {
    return this.#records.get(uuid);
  }

  /** The record behind a name or a UUID, which libvirt takes in capitals as well. */
  named(name: string): VMRecord | undefined {
    return this.#records.get(name) ??
      this.records().find((candidate) => candidate.name === name) ??
      this.#records.get(name.toLowerCase());
  }

  onChange(listener: (change: VMChange) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** What VMs were made of when an earlier start has read them, by UUID. */
  remembered(): ReadonlyMap<string, Definition> {
    return this.#memory.definitions();
  }

  /**
   * Takes what libvirt tells of a VM, and publishes the difference.
   *
   * @param startedAt when its QEMU started, as `steadyUnix` counts, where that is known
   */
  apply(reading: Reading, startedAt?: number): void {
    const known = this.#records.get(reading.uuid);
    const record = known ?? this.#create(reading, startedAt);
    const before = known && JSON.stringify(toDetail(record, this.host));
    // QEMU may still be there for a moment when its VM has stopped.
    const started = isActive(reading.state.status) ? startedAt : undefined;
    const another = isAnotherStart(record.startedAt, started);
    // One that has booted anew since then counts from there.
    const rebooted = isAnotherStart(started ?? null, record.startedAt ?? undefined);
    if (started !== undefined && !rebooted) record.startedAt = started;
    // It has ended and started again while libvirt was away.
    if (another) record.since = firstSince(reading.state, started);
    const { name, persistent, autostart, definition } = reading;
    const redefined = JSON.stringify(record.definition) !== JSON.stringify(definition);
    if (record.name !== name) this.#byName = null;
    Object.assign(record, { name, persistent, autostart, definition });
    const sameState = record.state.status === reading.state.status;
    if (sameState) record.state = reading.state;
    else this.setState(record, reading.state);
    if (before !== JSON.stringify(toDetail(record, this.host)) && sameState) {
      this.#publish({ kind: "facts", record });
    }
    if (redefined || another) this.#memory.keep(record);
  }

  #create(reading: Reading, startedAt?: number): VMRecord {
    const { uuid, state } = reading;
    const remembered = this.#memory.recall(uuid, state.status, startedAt);
    const record: VMRecord = {
      ...reading,
      since: remembered?.since ?? firstSince(state, startedAt),
      startedAt: isActive(state.status) ? remembered?.startedAt ?? startedAt ?? steadyUnix() : null,
      addresses: NONE,
      sample: null,
    };
    this.#records.set(record.uuid, record);
    this.#byName = null;
    this.#memory.keep(record);
    return record;
  }

  /** It has changed its state at this moment, or has another reason for it. */
  setState(record: VMRecord, state: VMState): void {
    const before = record.state;
    record.state = state;
    if (before.status === state.status) {
      // A start is told in two events: resumed, then booted.
      if (before.reason !== state.reason) this.#publish({ kind: "facts", record });
      return;
    }
    record.since = Date.now();
    if (!isActive(state.status)) {
      record.startedAt = null;
      record.sample = null;
      record.addresses = NONE;
    } else record.startedAt ??= steadyUnix();
    this.#publish({ kind: "state", record });
    this.#memory.keep(record);
  }

  /** The guest has booted anew, at this moment, in the QEMU that it had. */
  rebooted(record: VMRecord): void {
    if (!isActive(record.state.status)) return;
    record.startedAt = steadyUnix();
    if (record.state.status === "running") record.since = Date.now();
    const about = { subject: record };
    this.#hub.publish(vmTopic(record.uuid), "status", toStatus(record), about);
    this.#publish({ kind: "facts", record });
    this.#memory.keep(record);
  }

  /** It is no more, and whoever watches it is told so. */
  remove(record: VMRecord): void {
    this.#records.delete(record.uuid);
    this.#byName = null;
    this.#memory.forget(record.uuid);
    for (const topic of [VMS_TOPIC, vmRowTopic(record.uuid)]) {
      const { uuid, name } = record;
      this.#hub.publish(topic, "vm_removed", { uuid, name }, { subject: record });
    }
    this.#tell({ kind: "removed", record });
  }

  /** These are all that there are: what is remembered of others went while virtglass did not run. */
  forgetOthers(uuids: Iterable<string>): void {
    this.#memory.forgetOthers(uuids);
  }

  #publish(change: VMChange): void {
    const { kind, record } = change;
    const about = { subject: record };
    if (kind === "state") {
      this.#hub.publish(vmTopic(record.uuid), "status", toStatus(record), about);
    }
    for (
      const [topic, tell] of [[VMS_TOPIC, toVM], [vmRowTopic(record.uuid), toDetail]] as const
    ) {
      if (this.#hub.watched(topic)) this.#hub.publish(topic, "vm", tell(record, this.host), about);
    }
    this.#tell(change);
  }

  /** One that fails, such as for a full disk, keeps the change from nobody else. */
  #tell(change: VMChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error("A change of VM {name} failed: {error}", { name: change.record.name, error });
      }
    }
  }

  /** What IP addresses a VM has now, by MAC. */
  setAddresses(record: VMRecord, addresses: VMRecord["addresses"]): void {
    const known = JSON.stringify([...record.addresses]);
    // It may have stopped meanwhile.
    if (!isActive(record.state.status) || known === JSON.stringify([...addresses])) return;
    record.addresses = addresses;
    this.#publish({ kind: "facts", record });
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }
}

const NONE: VMRecord["addresses"] = new Map();
