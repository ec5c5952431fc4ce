/**
 * libvirt keeps its last error per thread, and a nonblocking call runs on a thread we never see. So every
 * connection gets an error function of its own, which copies the error into that connection's slot; with
 * one call in flight per connection, what is in the slot after a failed call is that call's error.
 * https://libvirt.org/html/libvirt-virterror.html#virConnSetErrorFunc
 */
import type { ErrorRecord } from "./errors.ts";
import { ErrorCode, LibvirtError } from "./errors.ts";
import { library } from "./library.ts";
import { copyMemory, stringAt } from "./memory.ts";
import { guarded, Registry, trampoline } from "./trampoline.ts";

const ERROR_SIZE = 80;
const LEVEL_ERROR = 2;

/** Keeps the errors of one connection, or of all calls that have no connection. */
export class ErrorSlot {
  #records: ErrorRecord[] = [];

  keep(record: ErrorRecord): void {
    // Nobody reads more than one call can leave behind.
    if (this.#records.length < 16) this.#records.push(record);
  }

  clear(): void {
    this.#records.length = 0;
  }

  /** The oldest error kept, as what `operation` failed with. */
  take(operation: string): LibvirtError {
    const record = this.#records.shift();
    return new LibvirtError(operation, record ?? unexplained(operation));
  }

  /** Runs `call` on this thread; its errors are set apart from those of a call in flight. */
  aside<T>(call: () => T): T {
    const records = this.#records;
    this.#records = [];
    try {
      return call();
    } finally {
      this.#records = records;
    }
  }
}

function unexplained(operation: string): ErrorRecord {
  return {
    code: ErrorCode.internalError,
    domain: 0,
    level: LEVEL_ERROR,
    message: `${operation} failed and libvirt did not say why`,
  };
}

const slots = new Registry<ErrorSlot>();
const onError = trampoline(
  {
    parameters: [
      "u64", // void *userData
      "pointer", // virErrorPtr error
    ],
    result: "void",
  },
  (id, error) => guarded(() => capture(slots.get(id), error)),
);

function capture(slot: ErrorSlot | undefined, error: Deno.PointerValue): void {
  if (slot === undefined || error === null) return;
  const view = copyMemory(error, ERROR_SIZE);
  const level = view.getInt32(16, true);
  if (level < LEVEL_ERROR) return;
  slot.keep({
    code: view.getInt32(0, true),
    domain: view.getInt32(4, true),
    level,
    message: stringAt(view, 8) ?? "no message",
  });
}

/** Errors of opens, which have no connection yet. Also keeps libvirt from printing them to stderr. */
export const openErrors = new ErrorSlot();
let globalSet = false;

export function captureGlobalErrors(): void {
  if (globalSet) return;
  globalSet = true;
  library().virSetErrorFunc(BigInt(slots.add(openErrors)), onError());
}

/** Gives a connection its slot. `release` once the connection is closed. */
export function captureErrors(
  connection: Deno.PointerObject,
): { slot: ErrorSlot; release: () => void } {
  const slot = new ErrorSlot();
  const id = slots.add(slot);
  library().virConnSetErrorFunc(connection, BigInt(id), onError());
  return { slot, release: () => slots.delete(id) };
}
