import type { Connection, DomainEvent } from "@/libvirt/mod.ts";
import type { ServerData } from "@/protocol.ts";
import type { Hub } from "./hub.ts";
import type { VMs } from "./vms/mod.ts";

export const EVENTS_TOPIC = "events";

type Detail = ServerData<"event">["detail"];

/**
 * What libvirt announces, numbered. A lifecycle event reaches the VM's state first and the list of
 * events second, because a badge that lags is worse than a log line that does.
 */
export class Events {
  readonly #hub: Hub;
  readonly #vms: VMs;
  readonly #listeners = new Set<(event: DomainEvent) => void>();
  #seq = 0;

  constructor(hub: Hub, vms: VMs) {
    this.#hub = hub;
    this.#vms = vms;
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  /** Registers for every event of a new connection. */
  async listen(connection: Connection): Promise<void> {
    await connection.onDomainEvent((event) => this.#receive(event));
  }

  onEvent(listener: (event: DomainEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  #receive(event: DomainEvent): void {
    if (event.kind === "lifecycle") this.#vms.announce(event);
    // Hot-plug and media change the definition that the VM's page shows.
    else if (/^(device_|tray_|memory_device)/.test(event.kind)) void this.#vms.refresh(event.uuid);
    for (const listener of this.#listeners) listener(event);
    const seq = ++this.#seq;
    if (!this.#hub.watched(EVENTS_TOPIC)) return;
    const { kind, name } = event;
    this.#hub.publish(EVENTS_TOPIC, "event", { seq, kind, vm: name, detail: detailOf(event) });
  }
}

/** What an event says beside its VM and kind; libvirt's named parameters stand among the rest. */
export function detailOf({ kind: _kind, name: _name, uuid: _uuid, ...rest }: DomainEvent): Detail {
  if (!("parameters" in rest)) return rest;
  const { parameters, ...others } = rest;
  return { ...others, ...parameters };
}
