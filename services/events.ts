import type { Connection, DomainEvent } from "@/libvirt/mod.ts";
import type { Event, EventList, ServerData } from "@/protocol/mod.ts";
import { type Entry, EventLog, type Since } from "./event_log.ts";
import type { Hub } from "./hub.ts";
import { KeptEvents, type KeptFilter } from "./kept_events.ts";
import { Rate } from "./limits/rate.ts";
import { may, seenBy } from "./identity/policy.ts";
import type { Session } from "./identity/sessions.ts";
import type { Store } from "./store/mod.ts";
import { Visits } from "./visits.ts";
import type { VMs } from "./vms/mod.ts";

/** Topics of the hub: all events, and those of kind "command" alone. */
export const EVENTS_TOPIC = "events";
export const COMMANDS_TOPIC = "commands";

/** How many events are remembered: about 2 MB. */
const REMEMBERED = 4096;

/** Seconds within which a user takes over one console as one event. */
const TAKEOVER_NOTED = 60;
/** Seconds within which reboots of a VM are one: QEMU announces a reset up to three times. */
const REBOOT_NOTED = 3;

/** What virtglass notes itself. */
type OwnKind = "command" | "console";

/** Every kind of event, as docs/PROTOCOL.md lists them. */
export const EVENT_KINDS = [
  "lifecycle",
  "command",
  "console",
  "reboot",
  "io_error",
  "watchdog",
  "control_error",
  "agent",
  "device_added",
  "device_removed",
  "device_removal_failed",
  "disk_change",
  "tray_change",
  "block_job",
  "block_threshold",
  "balloon",
  "memory_failure",
  "memory_device_size_change",
  "graphics",
  "pm_suspend",
  "pm_suspend_disk",
  "pm_wakeup",
  "rtc",
  "metadata_change",
  "tunable",
  "job_completed",
  "migration_iteration",
] as const satisfies readonly (DomainEvent["kind"] | OwnKind)[];

export type EventKind = typeof EVENT_KINDS[number];

/** Those that somebody may ask for days later; the others are remembered for as long as there is room. */
const KEPT: ReadonlySet<string> = new Set<EventKind>([
  "lifecycle",
  "console",
  "reboot",
  "io_error",
  "watchdog",
  "control_error",
  "memory_failure",
  "block_threshold",
  "device_added",
  "device_removed",
  "device_removal_failed",
]);

type Detail = ServerData<"event">["detail"];

/** Which events to list. */
export interface EventFilter {
  /** Those after this number, the oldest first to be listed; without it the newest ones. */
  since?: number | undefined;
  /** Of this VM only. */
  uuid?: string | undefined;
  limit: number;
}

/** Which part of the past to list. */
export interface PastFilter extends KeptFilter {
  limit: number;
}

/**
 * What happens, numbered and remembered for a while: what libvirt announces, and what virtglass notes
 * itself. A lifecycle event reaches the VM's state first and the list of events second, because a
 * badge that lags is worse than a log line that does.
 */
export class Events implements Disposable {
  readonly #hub: Hub;
  readonly #vms: VMs;
  readonly #listeners = new Set<(event: DomainEvent) => void>();
  /** Microseconds by the clock at the start: numbers grow over restarts too, unless that is set back. */
  readonly #log = new EventLog(REMEMBERED, microseconds);
  readonly #kept: KeptEvents;
  readonly #visits = new Visits((action, user, vm) => this.note("console", vm, { action, user }));
  readonly #takeovers = new Rate(1, TAKEOVER_NOTED);
  readonly #reboots = new Rate(1, REBOOT_NOTED);

  constructor(hub: Hub, vms: VMs, store: Store) {
    this.#hub = hub;
    this.#vms = vms;
    this.#kept = new KeptEvents(store);
  }

  /** Puts what is to be kept into the store. */
  [Symbol.dispose](): void {
    this.#visits[Symbol.dispose]();
    this.#kept[Symbol.dispose]();
  }

  /** A number that every event so far is at or below, and every later one above. */
  mark(): number {
    return this.#log.mark();
  }

  /** Registers for every event of a new connection. */
  async listen(connection: Connection): Promise<void> {
    await connection.onDomainEvent((event) => this.#receive(event));
  }

  onEvent(listener: (event: DomainEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** Writes down that something happened to a VM, or with null to the host, and tells who listens. */
  note(kind: EventKind, vm: { uuid: string; name: string } | null, detail: Detail): void {
    const time = Date.now();
    const entry = this.#log.add({ kind, vm: vm?.name ?? null, detail }, vm?.uuid ?? null, time);
    if (KEPT.has(kind)) this.#kept.add(entry);
    const { event } = entry;
    const about = vm === null ? { time } : { time, subject: vm };
    this.#hub.publish(EVENTS_TOPIC, "event", event, about);
    if (kind === "command") this.#hub.publish(COMMANDS_TOPIC, "event", event, about);
  }

  /**
   * Notes what a user does at a VM's console, the same thing once in a while: one who does it again
   * and again would push out what others need to know.
   */
  noteConsole(
    action: "attach" | "detach" | "takeover",
    user: string,
    vm: { uuid: string; name: string },
  ): void {
    if (action !== "takeover") return this.#visits[action](user, vm);
    if (this.#takeovers.spend(JSON.stringify([user, vm.uuid])) > 0) return;
    this.note("console", vm, { action, user });
  }

  /** What happened after number `seq` that the session may see. */
  since(session: Session, seq: number): Since {
    const { entries, ...gap } = this.#log.since(seq);
    return { entries: entries.filter((entry) => mayRead(session, entry)), ...gap };
  }

  /** Events that the session may see, the oldest first. */
  list(session: Session, { since, uuid, limit }: EventFilter): EventList {
    const seq = this.mark();
    const wanted = (entry: Entry) =>
      mayRead(session, entry) && (uuid === undefined || entry.uuid === uuid);
    if (since === undefined) {
      const newest = this.#log.newest().filter(wanted).take(limit).toArray();
      return { seq, events: newest.reverse().map(withTime) };
    }
    const { entries, ...gap } = this.#log.since(since);
    return { seq, ...gap, events: entries.filter(wanted).slice(0, limit).map(withTime) };
  }

  /** What the session may see of all that is remembered, and of what is kept from before it. */
  past(session: Session, filter: PastFilter): Event[] {
    return this.#past(session, filter).take(filter.limit).map(withTime).toArray();
  }

  /** The newest first. */
  *#past(session: Session, filter: PastFilter): Generator<Entry> {
    const { kinds, vm, user, before = Infinity } = filter;
    const wanted = ({ event, uuid, time }: Entry) =>
      kinds.includes(event.kind) && time < before &&
      (vm === undefined || vm === uuid || vm === event.vm) &&
      (user === undefined || user === event.detail.user);
    let oldest = this.mark();
    for (const entry of this.#log.newest()) {
      oldest = entry.event.seq;
      if (wanted(entry) && mayRead(session, entry)) yield entry;
    }
    yield* this.#kept.before(oldest, filter, seenBy(session));
  }

  #receive(event: DomainEvent): void {
    if (event.kind === "lifecycle") this.#vms.announce(event);
    else if (event.kind === "reboot") this.#vms.rebooted(event.uuid);
    // Hot-plug, media, and title and description change the definition that the VM's page shows.
    else if (/^(device_|disk_change$|tray_|memory_device|metadata_change$)/.test(event.kind)) {
      void this.#vms.refresh(event.uuid);
    }
    for (const listener of this.#listeners) listener(event);
    if (event.kind === "reboot" && this.#reboots.spend(event.uuid) > 0) return;
    this.note(event.kind, event, detailOf(event));
  }
}

/** What an event says beside its VM and kind; libvirt's named parameters stand among the rest. */
export function detailOf({ kind: _kind, name: _name, uuid: _uuid, ...rest }: DomainEvent): Detail {
  if (!("parameters" in rest)) return rest;
  const { parameters, ...others } = rest;
  return { ...others, ...parameters };
}

const microseconds = () => Math.round((performance.timeOrigin + performance.now()) * 1000);

const mayRead = (session: Session, { uuid }: Entry) =>
  uuid === null || may(session, "read", { uuid });

const withTime = ({ event, time }: Entry): Event => ({
  ...event,
  time: new Date(time).toISOString(),
});
