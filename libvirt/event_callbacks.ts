/** From a C callback to an event: one trampoline for each signature in the event table. */
import type { EventDetail, EventRow, Signature } from "./event_table.ts";
import { countHandle } from "./handles.ts";
import { identify } from "./identity.ts";
import type { Identity } from "./identity.ts";
import { readString } from "./memory.ts";
import { guarded, Registry, trampoline } from "./trampoline.ts";

/** Something happened to a domain; `kind` says what. */
export type DomainEvent = Identity & EventDetail;
export type DomainEventListener = (event: DomainEvent) => void;

/** What libvirt is given for one event: the C function, and the id it gives back to it. */
export interface EventCallback {
  pointer: Deno.PointerObject;
  id: bigint;
  /** After it nothing reaches the listener any more; a second time does nothing. */
  release(): void;
}

type Argument = string | number | Deno.PointerValue;

const registered = new Registry<{ row: EventRow; listener: DomainEventListener }>();
const trampolines = new Map<Signature, () => Deno.PointerObject>();

/** Makes the listener hear of events of this row. */
export function eventCallback(row: EventRow, listener: DomainEventListener): EventCallback {
  let made = trampolines.get(row.signature);
  if (made === undefined) trampolines.set(row.signature, made = eventTrampoline(row.signature));
  const id = registered.add({ row, listener });
  countHandle("callbacks", 1);
  return {
    pointer: made(),
    id: BigInt(id),
    release() {
      if (registered.delete(id)) countHandle("callbacks", -1);
    },
  };
}

const native = { s: "pointer", i: "i32", L: "i64", p: "pointer" } as const;
type Letter = keyof typeof native;

/**
 * All answer an int, which only the lifecycle event's has; the others' callers do not look at the register
 * it is in.
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

function convert(letter: Letter, value: number | bigint | Deno.PointerValue): Argument {
  if (letter === "s") return readString(value as Deno.PointerValue) ?? "";
  return typeof value === "bigint" ? Number(value) : value;
}

function deliver(id: bigint, domain: Deno.PointerValue, parameters: Argument[]): void {
  const found = registered.get(id);
  if (found === undefined || domain === null) return;
  // The trampoline made the parameters from the row's own signature.
  const decode = found.row.decode as (...parameters: Argument[]) => EventDetail | null;
  const detail = decode(...parameters);
  if (detail === null) return;
  found.listener({ ...identify(Deno.UnsafePointer.value(domain)), ...detail });
}
