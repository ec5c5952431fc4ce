import assert from "node:assert/strict";
import { Connection } from "./connection.ts";
import { domainPointer } from "./domain.ts";
import { eventCallback } from "./event_callbacks.ts";
import type { DomainEvent } from "./event_callbacks.ts";
import { eventTable } from "./event_table.ts";
import type { EventRow } from "./event_table.ts";
import { cString } from "./memory.ts";
import { PARAMETER_SIZE } from "./typed_parameters.ts";

const native = { s: "pointer", i: "i32", L: "i64", p: "pointer" } as const;

/** Keeps what C pointers point to alive. */
const strings: Uint8Array[] = [];

function address(bytes: Uint8Array<ArrayBuffer>): Deno.PointerValue {
  strings.push(bytes);
  return Deno.UnsafePointer.of(bytes);
}

function text(value: string): Deno.PointerValue {
  return address(cString(value, "test"));
}

/** A virTypedParameter array with one unsigned int. */
function parameters(name: string, value: number): Deno.PointerValue {
  const bytes = new Uint8Array(PARAMETER_SIZE);
  bytes.set(new TextEncoder().encode(name));
  const view = new DataView(bytes.buffer);
  view.setInt32(80, 2, true);
  view.setUint32(88, value, true);
  return address(bytes);
}

/** A virDomainEventGraphicsAddress. */
function graphicsAddress(node: string): Deno.PointerValue {
  const view = new DataView(new ArrayBuffer(24));
  view.setBigUint64(8, Deno.UnsafePointer.value(text(node)), true);
  return address(new Uint8Array(view.buffer));
}

type Definition = { parameters: Deno.NativeType[]; result: "i32" };

/** Calls a row's C callback as libvirt does, and answers what the listener heard. */
function callback(row: EventRow, domain: Deno.PointerObject, values: unknown[]): DomainEvent[] {
  const heard: DomainEvent[] = [];
  const { pointer, id, release } = eventCallback(row, (event) => heard.push(event));
  const letters = [...row.signature] as (keyof typeof native)[];
  const definition: Definition = {
    parameters: ["pointer", "pointer", ...letters.map((letter) => native[letter]), "u64"],
    result: "i32",
  };
  const call = new Deno.UnsafeFnPointer(pointer as Deno.PointerObject<Definition>, definition);
  assert.equal(call.call(null, domain, ...values as Deno.PointerValue[], id), 0);
  release();
  call.call(null, domain, ...values as Deno.PointerValue[], id); // dropped: nobody has this id now
  return heard;
}

const KIB = 1024n;
const rows: [id: number, values: () => unknown[], detail: Record<string, unknown>][] = [
  [0, () => [5, 1], { kind: "lifecycle", event: "stopped", detail: "destroyed", detailCode: 1 }],
  [1, () => [], { kind: "reboot" }],
  [2, () => [-3600n], { kind: "rtc", offset: -3600 }],
  [3, () => [3], { kind: "watchdog", action: "poweroff" }],
  [5, () => [2, graphicsAddress("::1"), graphicsAddress("10.0.0.7"), text("vnc"), null], {
    kind: "graphics",
    phase: "disconnect",
    remote: "10.0.0.7",
    scheme: "vnc",
  }],
  [6, () => [text("/a.img"), text("virtio-disk0"), 1, text("enospc")], {
    kind: "io_error",
    source: "/a.img",
    device: "virtio-disk0",
    action: "pause",
    reason: "enospc",
  }],
  [7, () => [], { kind: "control_error" }],
  [9, () => [text("/old.iso"), null, text("ide0"), 0], {
    kind: "disk_change",
    oldSource: "/old.iso",
    newSource: "",
    device: "ide0",
    reason: "missing on start",
  }],
  [10, () => [text("ide0"), 1], { kind: "tray_change", device: "ide0", reason: "close" }],
  [11, () => [0], { kind: "pm_wakeup" }],
  [12, () => [0], { kind: "pm_suspend" }],
  [13, () => [65536n], { kind: "balloon", actual: Number(65536n * KIB) }],
  [14, () => [0], { kind: "pm_suspend_disk" }],
  [15, () => [text("net1")], { kind: "device_removed", device: "net1" }],
  [16, () => [text("vda"), 3, 0], {
    kind: "block_job",
    disk: "vda",
    type: "commit",
    status: "completed",
  }],
  [17, () => [parameters("cputune.cpu_shares", 42), 1], {
    kind: "tunable",
    parameters: { "cputune.cpu_shares": 42 },
  }],
  [18, () => [1, 2], { kind: "agent", state: "connected", reason: "channel" }],
  [19, () => [text("net1")], { kind: "device_added", device: "net1" }],
  [20, () => [4], { kind: "migration_iteration", iteration: 4 }],
  [21, () => [parameters("operation", 1), 1], {
    kind: "job_completed",
    parameters: { operation: 1 },
  }],
  [22, () => [text("net1")], { kind: "device_removal_failed", device: "net1" }],
  [23, () => [2, text("http://example.org/x")], {
    kind: "metadata_change",
    type: "element",
    namespace: "http://example.org/x",
  }],
  [24, () => [text("vda"), text("/a.img"), 1n << 40n, 512n], {
    kind: "block_threshold",
    device: "vda",
    path: "/a.img",
    threshold: 2 ** 40,
    excess: 512,
  }],
  [25, () => [1, 3, 1], {
    kind: "memory_failure",
    recipient: "guest",
    action: "reset",
    actionRequired: true,
    recursive: false,
  }],
  [26, () => [text("virtiomem0"), 2048n], {
    kind: "memory_device_size_change",
    device: "virtiomem0",
    size: 2 * 1024 * 1024,
  }],
];

Deno.test("eventCallback turns the C callback of every domain event into an event", async () => {
  await using connection = await Connection.open("test:///default");
  using domain = await connection.domainByName("test");
  const { uuid, name } = domain;
  assert.deepEqual(rows.map(([id]) => id), eventTable.map((row) => row.id));
  eventTable.forEach((row, at) => {
    const [, values, detail] = rows[at] ?? assert.fail();
    assert.deepEqual(callback(row, domainPointer(domain), values()), [{ uuid, name, ...detail }]);
  });
});

Deno.test("eventCallback writes out numbers that are newer than its words", async () => {
  await using connection = await Connection.open("test:///default");
  using domain = await connection.domainByName("test");
  const pointer = domainPointer(domain);
  const [lifecycle, , , watchdog] = eventTable;
  assert.deepEqual(callback(lifecycle, pointer, [99, 0]), []);
  const [started] = callback(lifecycle, pointer, [2, 99]);
  assert.ok(started?.kind === "lifecycle" && started.detail === "99" && started.detailCode === 99);
  const [fired] = callback(watchdog, pointer, [99]);
  assert.ok(fired?.kind === "watchdog" && fired.action === "99");
});
