/**
 * Every domain event that libvirt has: its number, the C signature of its callback, and what becomes of it.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainEventID
 *
 * 4 (I/O error) and 8 (block job) are left out: 6 and 16 tell the same and more, each would come twice.
 */
import * as details from "./event_details.ts";
import { lifecycle, word } from "./event_details.ts";
import { copyMemory, stringAt } from "./memory.ts";
import { readParameters } from "./typed_parameters.ts";

/**
 * A C signature between `(conn, dom,` and `, opaque)`, one letter a parameter: `s` a string, `i` an int,
 * `L` a 64 bit number, `p` a pointer. `NULL` strings are "".
 */
export type Signature =
  | ""
  | "L"
  | "i"
  | "ii"
  | "iii"
  | "is"
  | "ippsp"
  | "pi"
  | "s"
  | "sL"
  | "si"
  | "sii"
  | "ssLL"
  | "ssis"
  | "sssi";

interface Letters {
  s: string;
  i: number;
  L: number;
  p: Deno.PointerValue;
}

/** The parameters of a signature: `Parameters<"si">` is `[string, number]`. */
export type Parameters<S extends string> = S extends `${infer L extends keyof Letters}${infer Rest}`
  ? [Letters[L], ...Parameters<Rest>]
  : [];

interface Row<S extends Signature, Detail> {
  id: number;
  signature: S;
  /** The event without its domain; null drops it. Pointers are borrowed: nothing of them may be kept. */
  decode: (...parameters: Parameters<S>) => Detail | null;
}

function row<const S extends Signature, const Detail extends { kind: string }>(
  id: number,
  signature: S,
  decode: Row<S, Detail>["decode"],
): Row<S, Detail> {
  return { id, signature, decode };
}

const KIB = 1024;
const GRAPHICS_ADDRESS_SIZE = 24;

function graphicsAddress(pointer: Deno.PointerValue): string | null {
  return pointer === null ? null : stringAt(copyMemory(pointer, GRAPHICS_ADDRESS_SIZE), 8);
}

/** Sizes in bytes. */
export const eventTable = [
  row(0, "ii", (event, detail) => {
    const what = lifecycle(event, detail);
    return what === null ? null : { kind: "lifecycle", ...what };
  }),
  row(1, "", () => ({ kind: "reboot" })),
  row(2, "L", (offset) => ({ kind: "rtc", offset })),
  row(3, "i", (action) => ({ kind: "watchdog", action: word(details.watchdogActions, action) })),
  row(5, "ippsp", (phase, _local, remote, scheme) => ({
    kind: "graphics",
    phase: word(details.graphicsPhases, phase),
    remote: graphicsAddress(remote),
    scheme,
  })),
  row(6, "ssis", (source, device, action, reason) => ({
    kind: "io_error",
    source,
    device,
    action: word(details.ioErrorActions, action),
    reason,
  })),
  row(7, "", () => ({ kind: "control_error" })),
  row(9, "sssi", (oldSource, newSource, device, reason) => ({
    kind: "disk_change",
    oldSource,
    newSource,
    device,
    reason: word(details.diskChangeReasons, reason),
  })),
  row(10, "si", (device, reason) => ({
    kind: "tray_change",
    device,
    reason: word(details.trayReasons, reason),
  })),
  row(11, "i", () => ({ kind: "pm_wakeup" })),
  row(12, "i", () => ({ kind: "pm_suspend" })),
  row(13, "L", (actual) => ({ kind: "balloon", actual: actual * KIB })),
  row(14, "i", () => ({ kind: "pm_suspend_disk" })),
  row(15, "s", (device) => ({ kind: "device_removed", device })),
  row(16, "sii", (disk, type, status) => ({
    kind: "block_job",
    disk,
    type: word(details.blockJobTypes, type),
    status: word(details.blockJobStatuses, status),
  })),
  row(17, "pi", (parameters, count) => ({
    kind: "tunable",
    parameters: readParameters(parameters, count),
  })),
  row(18, "ii", (state, reason) => ({
    kind: "agent",
    state: word(details.agentStates, state),
    reason: word(details.agentReasons, reason),
  })),
  row(19, "s", (device) => ({ kind: "device_added", device })),
  row(20, "i", (iteration) => ({ kind: "migration_iteration", iteration })),
  row(21, "pi", (parameters, count) => ({
    kind: "job_completed",
    parameters: readParameters(parameters, count),
  })),
  row(22, "s", (device) => ({ kind: "device_removal_failed", device })),
  row(23, "is", (type, namespace) => ({
    kind: "metadata_change",
    type: word(details.metadataTypes, type),
    namespace,
  })),
  row(24, "ssLL", (device, path, threshold, excess) => ({
    kind: "block_threshold",
    device,
    path,
    threshold,
    excess,
  })),
  row(25, "iii", (recipient, action, flags) => ({
    kind: "memory_failure",
    recipient: word(details.memoryFailureRecipients, recipient),
    action: word(details.memoryFailureActions, action),
    actionRequired: (flags & 1) !== 0,
    recursive: (flags & 2) !== 0,
  })),
  row(26, "sL", (device, size) => ({
    kind: "memory_device_size_change",
    device,
    size: size * KIB,
  })),
] as const;

/** Numbers of domain events that the table leaves out on purpose. */
export const supersededEvents: readonly number[] = [4, 8];

export type EventRow = typeof eventTable[number];
/** What happened, without to whom. */
export type EventDetail = NonNullable<ReturnType<EventRow["decode"]>>;
