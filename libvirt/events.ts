/**
 * Domain events, as they happen.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virConnectDomainEventRegisterAny
 */
import type { CallQueue, Child } from "./call_queue.ts";
import { LaneBroken } from "./errors.ts";
import { eventTable } from "./event_table.ts";
import type { EventDetail, EventRow, Signature } from "./event_table.ts";
import { countHandle } from "./handles.ts";
import { identify } from "./identity.ts";
import type { Identity } from "./identity.ts";
import { library } from "./library.ts";
import { readString } from "./memory.ts";
import { guarded, Registry, trampoline } from "./trampoline.ts";

/** Something happened to a domain; `kind` says what. */
export type DomainEvent = Identity & EventDetail;
export type DomainEventListener = (event: DomainEvent) => void;

const LIFECYCLE = 0;

type Argument = string | number | Deno.PointerValue;

interface Registration {
  row: EventRow;
  listener: DomainEventListener;
}

const registrations = new Registry<Registration>();

function deliver(id: bigint, domain: Deno.PointerValue, parameters: Argument[]): void {
  const registration = registrations.get(id);
  if (registration === undefined || domain === null) return;
  // The trampoline made the parameters from the row's own signature.
  const decode = registration.row.decode as (...parameters: Argument[]) => EventDetail | null;
  const detail = decode(...parameters);
  if (detail !== null) registration.listener({ ...identify(domain), ...detail });
}

const native = { s: "pointer", i: "i32", L: "i64", p: "pointer" } as const;
type Letter = keyof typeof native;

function convert(letter: Letter, value: number | bigint | Deno.PointerValue): Argument {
  if (letter === "s") return readString(value as Deno.PointerValue) ?? "";
  return typeof value === "bigint" ? Number(value) : value;
}

/**
 * The callback for a signature. All answer an int, which only the lifecycle event's has; the others'
 * callers do not look at the register it is in.
 */
function eventTrampoline(signature: Signature): () => Deno.PointerObject {
  const letters = [...signature] as Letter[];
  const parameters: Deno.NativeType[] = [
    "pointer", // virConnectPtr conn
    "pointer", // virDomainPtr dom
    ...letters.map((letter) => native[letter]),
    "u64", // void *opaque
  ];
  return trampoline({ parameters, result: "i32" }, (_connection, domain, ...rest) => {
    guarded(() => {
      const id = rest[letters.length] as bigint;
      const values = letters.map((letter, at) => convert(letter, rest[at] as Deno.PointerValue));
      deliver(id, domain as Deno.PointerValue, values);
    });
    return 0;
  });
}

const trampolines = new Map<Signature, () => Deno.PointerObject>();

function trampolineFor(signature: Signature): Deno.PointerObject {
  let made = trampolines.get(signature);
  if (made === undefined) trampolines.set(signature, made = eventTrampoline(signature));
  return made();
}

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
  const id = registrations.add({ row, listener });
  try {
    await queue.call({
      operation: "virConnectDomainEventRegisterAny",
      invoke: (connection) =>
        library().virConnectDomainEventRegisterAny(
          connection,
          null,
          row.id,
          trampolineFor(row.signature),
          BigInt(id),
          null,
        ),
      take: (callbackId) => queue.adopt(new EventRegistration(id, callbackId)),
    });
  } catch (error) {
    registrations.delete(id);
    throw error;
  }
}

class EventRegistration implements Child {
  readonly #id: number;
  readonly #callbackId: number;

  constructor(id: number, callbackId: number) {
    this.#id = id;
    this.#callbackId = callbackId;
    countHandle("callbacks", 1);
  }

  /** Also on a dead connection, where it answers -1: without it the connection is never freed. */
  async release(connection: Deno.PointerObject): Promise<void> {
    registrations.delete(this.#id);
    await library().virConnectDomainEventDeregisterAny(connection, this.#callbackId);
    countHandle("callbacks", -1);
  }
}
