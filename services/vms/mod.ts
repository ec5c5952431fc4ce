import type { Connection, Domain, DomainEvent, DomainStats } from "@/libvirt/mod.ts";
import type { VM, VMDetail } from "@/protocol/mod.ts";
import { GlassError } from "../errors.ts";
import type { Hub } from "../hub.ts";
import type { Hypervisor } from "../hypervisor.ts";
import { log } from "../log.ts";
import { may } from "@/services/identity/policy.ts";
import type { Session } from "@/services/identity/sessions.ts";
import type { Store } from "@/services/store/mod.ts";
import { addressesOf } from "./addresses.ts";
import type { Definition } from "./definition.ts";
import { readAll, type Reading, readOne, type Told } from "./reader.ts";
import { toDetail, toVM, type VMRecord } from "./record.ts";
import { Roster, type VMChange } from "./roster.ts";
import type { Snapshot } from "./snapshots.ts";
import { announcedState, isActive, vmState } from "./state.ts";
import { Unreadable } from "./unreadable.ts";
import { qemuStartTimes } from "./uptime.ts";

export { isActive } from "./state.ts";
export { toStatus, type VMRecord } from "./record.ts";
export { type VMChange, vmRowTopic, VMS_TOPIC, vmTopic } from "./roster.ts";

/** Milliseconds from an event to the questions it raises: its news go first, and events come in pairs. */
const SOON = 5;

/** Milliseconds after a start in which the first pages go before what is asked only to be sure. */
const FIRST_PAGES = 250;

/** A VM that is being read again; `old` when something was announced meanwhile. */
interface Refresh {
  old: boolean;
  done: Promise<void>;
}

/** All VMs that are being listed, and which of them were asked for meanwhile: the list may be older. */
interface Listing {
  asked: Set<string>;
  done: Promise<void>;
}

/**
 * All VMs of the host as they are now. Listed once at every connect; from then on only what libvirt
 * announces is read again, one VM at a time.
 */
export class VMs implements Disposable {
  readonly #hypervisor: Hypervisor;
  readonly #roster: Roster;
  readonly #refreshes = new Map<string, Refresh>();
  /** By VM, when libvirt is asked about it after an event. */
  readonly #announced = new Map<string, ReturnType<typeof setTimeout>>();
  /** Null unless all are being listed. */
  #listing: Listing | null = null;
  /** Whether libvirt has ever told all VMs: until then nothing is known of one that is missing. */
  #listed = false;
  /** Those whose definition an earlier start has read, and this one not yet. */
  readonly #remembered = new Set<string>();
  readonly #unreadable = new Unreadable();
  #confirming: ReturnType<typeof setTimeout> | undefined;

  constructor(hypervisor: Hypervisor, hub: Hub, store: Store) {
    this.#hypervisor = hypervisor;
    this.#roster = new Roster(hub, store);
  }

  /** All VMs that the session may see, by name. */
  list(session: Session): VM[] {
    return this.records()
      .filter((record) => may(session, "read", record))
      .map((record) => toVM(record, this.#roster.host));
  }

  /** @throws GlassError as `find` does */
  get(session: Session, name: string): VM {
    return toVM(this.find(session, name), this.#roster.host);
  }

  /**
   * The record that `named` has, for who may see it.
   *
   * @throws GlassError VM_NOT_FOUND, for a VM that is unknown and one that may not be seen alike;
   * LIBVIRT_UNAVAILABLE as long as libvirt has not told which there are
   */
  find(session: Session, name: string): VMRecord {
    const record = this.named(name);
    if (record && may(session, "read", record)) return record;
    if (!this.#listed) {
      throw new GlassError(
        "LIBVIRT_UNAVAILABLE",
        `Cannot look for VM "${name}" yet: ${
          this.#hypervisor.connectivity.message ?? "the VMs are being listed."
        }`,
      );
    }
    throw new GlassError("VM_NOT_FOUND", `There is no VM "${name}".`);
  }

  /** Those of these UUIDs, as far as the session may see them, with what is known of their details. */
  details(session: Session, uuids: ReadonlySet<string>): VMDetail[] {
    return this.records()
      .filter((record) => uuids.has(record.uuid) && may(session, "read", record))
      .map((record) => toDetail(record, this.#roster.host));
  }

  /**
   * One VM with its hardware and addresses, asked for anew: not all that changes a VM is announced, an
   * external snapshot's new disk for one. Without libvirt they are those last known.
   */
  async detail(session: Session, name: string): Promise<VMDetail> {
    const { uuid } = this.find(session, name);
    await this.#read(uuid);
    // It may have gone meanwhile.
    const record = this.find(session, uuid);
    await this.readAddresses(record);
    return toDetail(record, this.#roster.host);
  }

  /** A VM's definition as libvirt has it now, without passwords. @throws GlassError */
  async xml(session: Session, name: string): Promise<string> {
    return await this.#ask(session, name, (domain) => domain.xml());
  }

  /** What is kept of a VM's earlier states. @throws GlassError */
  async snapshots(session: Session, name: string): Promise<Snapshot[]> {
    const { parseSnapshots } = await import("./snapshots.ts");
    return parseSnapshots(await this.#ask(session, name, (domain) => domain.snapshots()));
  }

  async #ask<T>(session: Session, name: string, ask: (domain: Domain) => Promise<T>): Promise<T> {
    const { uuid } = this.find(session, name);
    return await this.#hypervisor.call(async (connection) => {
      using domain = await connection.domainByUUID(uuid);
      return await ask(domain);
    });
  }

  /** All of them, by name. */
  records(): readonly VMRecord[] {
    return this.#roster.records();
  }

  record(uuid: string): VMRecord | undefined {
    return this.#roster.record(uuid);
  }

  /** The record behind a name or a UUID, which libvirt takes in capitals as well. */
  named(name: string): VMRecord | undefined {
    return this.#roster.named(name);
  }

  onChange(listener: (change: VMChange) => void): Disposable {
    return this.#roster.onChange(listener);
  }

  /**
   * Lists everything anew and publishes the difference. Called at every connect, and before anything
   * else may use the connection: what is announced meanwhile is read here.
   */
  async relist(connection: Connection): Promise<void> {
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const { asked } = this.#listing = { asked: new Set<string>(), done };
    try {
      this.#roster.host = await connection.hostname();
      const remembered = this.#listed ? NONE_REMEMBERED : this.#roster.remembered();
      const [readings, started] = await Promise.all([
        readAll(connection, remembered, this.#unreadable),
        qemuStartTimes(),
      ]);
      for (const [uuid, reading] of readings) {
        if (reading) this.#apply(reading, started.get(uuid));
        if (remembered.has(uuid)) this.#remembered.add(uuid);
      }
      for (const record of this.records()) {
        if (!readings.has(record.uuid)) this.#forget(record.uuid);
      }
      if (!this.#listed) this.#roster.forgetOthers(readings.keys());
      // One that is asked for again comes again.
      for (const uuid of asked) {
        asked.delete(uuid);
        const reading = await readOne(connection, uuid, this.#unreadable);
        if (!asked.has(uuid)) this.#replace(uuid, reading);
      }
      this.#listed = true;
      clearTimeout(this.#confirming);
      if (this.#remembered.size > 0) {
        this.#confirming = setTimeout(() => void this.confirm(), FIRST_PAGES);
      }
    } finally {
      this.#listing = null;
      resolve();
    }
  }

  /**
   * Asks libvirt what VMs are made of, as far as that is only remembered of an earlier start, and
   * publishes the difference. What is being read already is only waited for: asked for again it would be
   * read anew, and where that takes longer than until somebody asks, nobody would be answered.
   */
  async confirm(uuids: Iterable<string> = this.#remembered): Promise<void> {
    for (const uuid of uuids) {
      if (this.#remembered.has(uuid)) await this.#read(uuid);
    }
  }

  async #read(uuid: string): Promise<void> {
    // A list tells it as well.
    if (this.#listing) await this.#listing.done;
    else if (this.#unreadable.isDue(uuid)) {
      await (this.#refreshes.get(uuid)?.done ?? this.refresh(uuid));
    }
  }

  /** Shows what a lifecycle event announces at once, and soon asks libvirt for the rest. */
  announce(event: Extract<DomainEvent, { kind: "lifecycle" }>): void {
    const { uuid } = event;
    const record = this.#roster.record(uuid);
    const state = announcedState(event);
    if (record && state) this.#roster.setState(record, state);
    // What is being read now may be older than the news.
    if (this.#listing || this.#refreshes.has(uuid)) return void this.refresh(uuid);
    if (this.#announced.has(uuid)) return;
    const ask = () => {
      this.#announced.delete(uuid);
      void this.refresh(uuid);
    };
    this.#announced.set(uuid, setTimeout(ask, SOON));
  }

  /** Takes note that the guest of this VM has booted anew. */
  rebooted(uuid: string): void {
    const record = this.#roster.record(uuid);
    if (record) this.#roster.rebooted(record);
  }

  /**
   * Samples tell states as well, and which VMs there are. libvirt announces each change but those that
   * it finds while it comes back itself, such as a guest that ended meanwhile: what a sample says
   * otherwise is asked for, but for what a list is about to tell.
   */
  compare({ uuid, state, reason }: Pick<DomainStats, "uuid" | "state" | "reason">): void {
    if (this.#listing || !this.#listed || this.#announced.has(uuid) || state === undefined) return;
    // What is being read tells it soon: begun anew at each sample, a slow reading would never end.
    if (this.#refreshes.has(uuid)) return;
    const known = this.#roster.record(uuid)?.state.status;
    const differs = vmState(state, reason ?? 0).status !== known;
    if (differs && this.#unreadable.isDue(uuid)) void this.refresh(uuid);
  }

  [Symbol.dispose](): void {
    for (const timer of this.#announced.values()) clearTimeout(timer);
    this.#announced.clear();
    clearTimeout(this.#confirming);
    this.#roster[Symbol.dispose]();
  }

  /**
   * Reads one VM again; several calls while it is being read become one more reading. Resolves when
   * the record is no older than the call, or libvirt does not answer.
   */
  refresh(uuid: string): Promise<void> {
    if (this.#listing) {
      this.#listing.asked.add(uuid);
      return this.#listing.done;
    }
    const running = this.#refreshes.get(uuid);
    if (running) {
      running.old = true;
      return running.done;
    }
    const refresh: Refresh = { old: false, done: Promise.resolve() };
    this.#refreshes.set(uuid, refresh);
    refresh.done = this.#readUntilNew(uuid, refresh);
    return refresh.done;
  }

  async #readUntilNew(uuid: string, refresh: Refresh): Promise<void> {
    try {
      do {
        refresh.old = false;
        const reading = await this.#hypervisor.call((connection) =>
          readOne(connection, uuid, this.#unreadable)
        );
        // Something was announced since: what was read may be older than what is shown.
        if (!refresh.old) this.#replace(uuid, reading);
      } while (refresh.old);
    } catch (error) {
      // The lane is down: the next connect lists everything anew.
      log.debug("Reading VM {uuid} again failed: {error}", { uuid, error });
    } finally {
      this.#refreshes.delete(uuid);
    }
  }

  #replace(uuid: string, reading: Told<Reading>): void {
    if (reading) this.#apply(reading);
    else if (reading === undefined) this.#forget(uuid);
  }

  #apply(reading: Reading, startedAt?: number): void {
    this.#roster.apply(reading, startedAt);
    this.#remembered.delete(reading.uuid);
    this.#unreadable.delete(reading.uuid);
  }

  #forget(uuid: string): void {
    const record = this.#roster.record(uuid);
    if (record) this.#roster.remove(record);
    this.#remembered.delete(uuid);
    this.#unreadable.delete(uuid);
  }

  /**
   * Asks for a VM's IP addresses and publishes them where they have changed. The guest's
   * agent is not asked: it may keep the lane waiting. Without libvirt those last known stay.
   */
  async readAddresses(record: VMRecord): Promise<void> {
    if (!isActive(record.state.status)) return;
    try {
      const addresses = await this.#hypervisor.call(async (connection) => {
        using domain = await connection.domainByUUID(record.uuid);
        return await addressesOf(domain);
      });
      this.#roster.setAddresses(record, addresses);
    } catch (error) {
      log.debug("No addresses of {name}: {error}", { name: record.name, error });
    }
  }
}

const NONE_REMEMBERED: ReadonlyMap<string, Definition> = new Map();
