/**
 * Domain events, as they happen.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectDomainEventRegisterAny
 */
import type { CallQueue, Child } from "./call_queue.ts";
import { LaneBroken } from "./errors.ts";
import { eventCallback } from "./event_callbacks.ts";
import type { DomainEventListener, EventCallback } from "./event_callbacks.ts";
import { eventTable } from "./event_table.ts";
import type { EventRow } from "./event_table.ts";
import { library } from "./library.ts";
import { guarded } from "./trampoline.ts";

const LIFECYCLE = 0;

/** The events of one connection, registered once for any number of listeners: libvirt takes no second. */
export class DomainEvents {
  readonly #queue: CallQueue;
  readonly #listeners: DomainEventListener[] = [];
  #registered: Promise<void> | undefined;

  constructor(queue: CallQueue) {
    this.#queue = queue;
  }

  /**
   * Tells the listener of everything that happens to any domain, until the connection ends. Events that
   * the daemon is too old for, or its driver does not have, are left out.
   */
  async on(listener: DomainEventListener): Promise<void> {
    this.#listeners.push(listener);
    await (this.#registered ??= this.#register());
  }

  async #register(): Promise<void> {
    const tell: DomainEventListener = (event) => {
      for (const listener of this.#listeners) guarded(() => listener(event));
    };
    for (const row of eventTable) {
      try {
        await register(this.#queue, row, tell);
      } catch (error) {
        if (row.id === LIFECYCLE || error instanceof LaneBroken) throw error;
      }
    }
  }
}

async function register(
  queue: CallQueue,
  row: EventRow,
  listener: DomainEventListener,
): Promise<void> {
  const callback = eventCallback(row, listener);
  let kept = false;
  try {
    await queue.call({
      operation: "virConnectDomainEventRegisterAny",
      invoke: (connection) => {
        const { pointer, id } = callback;
        const c = library();
        return c.virConnectDomainEventRegisterAny(connection, null, row.id, pointer, id, null);
      },
      take: (callbackId) => {
        kept = true;
        queue.adopt(new EventRegistration(callback, callbackId));
      },
    });
  } finally {
    // A call that comes back after its deadline is kept all the same, and released with the connection.
    if (!kept) callback.release();
  }
}

class EventRegistration implements Child {
  readonly #callback: EventCallback;
  readonly #callbackId: number;

  constructor(callback: EventCallback, callbackId: number) {
    this.#callback = callback;
    this.#callbackId = callbackId;
  }

  /** Also on a dead connection, where it answers -1: without it the connection is never freed. */
  async release(connection: Deno.PointerObject): Promise<void> {
    this.#callback.release();
    await library().virConnectDomainEventDeregisterAny(connection, this.#callbackId);
  }
}
