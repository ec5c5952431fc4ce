import assert from "node:assert/strict";
import { cString } from "./memory.ts";
import { layoutOf, StatsLayout } from "./stats_layout.ts";
import type { Parameters } from "./stats_layout.ts";
import { PARAMETER_SIZE, TYPE_OFFSET, VALUE_OFFSET } from "./typed_parameters.ts";

/** Kept here: what a parameter holds is only its address. */
const texts = new Map<string, Uint8Array<ArrayBuffer>>();

function addressOf(text: string): bigint {
  const chars = texts.get(text) ?? cString(text, "test");
  texts.set(text, chars);
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(chars));
}

/** Parameters as libvirt leaves them: int32, uint64 and string. */
function parameters(...rows: [name: string, value: number | bigint | string][]): Parameters {
  const view = new DataView(new ArrayBuffer(rows.length * PARAMETER_SIZE));
  rows.forEach(([name, value], at) => {
    const start = at * PARAMETER_SIZE;
    new Uint8Array(view.buffer, start).set(new TextEncoder().encode(name));
    const type = typeof value === "number" ? 1 : typeof value === "bigint" ? 4 : 7;
    view.setInt32(start + TYPE_OFFSET, type, true);
    if (typeof value === "number") view.setInt32(start + VALUE_OFFSET, value, true);
    else {
      const stored = typeof value === "bigint" ? value : addressOf(value);
      view.setBigUint64(start + VALUE_OFFSET, stored, true);
    }
  });
  return { view, words: new Int32Array(view.buffer), count: rows.length };
}

const decode = (given: Parameters) => layoutOf(given).read(given, "u");

const guest = (written: bigint, nic = "vnet0") =>
  parameters(
    ["state.state", 1],
    ["state.reason", 3],
    ["cpu.time", 7_000_000_000n],
    ["cpu.user", 1n],
    ["balloon.current", 1024n],
    ["balloon.last-update", 0n],
    ["net.count", 1],
    ["net.0.name", nic],
    ["net.0.rx.bytes", 90n],
    ["net.0.rx.errs", 5n],
    ["block.count", 2],
    ["block.0.name", "vda"],
    ["block.0.wr.bytes", written],
    ["block.1.name", "vdb"],
  );

Deno.test("StatsLayout reads every group, and leaves alone what nobody asked for", () => {
  assert.deepEqual(decode(guest(2n ** 40n)), {
    uuid: "u",
    state: 1,
    reason: 3,
    cpuTime: 7_000_000_000,
    balloon: { current: 1024, lastUpdate: 0 },
    interfaces: [{ name: "vnet0", rxBytes: 90 }],
    blocks: [{ name: "vda", writeBytes: 2 ** 40 }, { name: "vdb" }],
  });
  assert.deepEqual(decode(parameters()), { uuid: "u" });
  const none = parameters(["net.count", 0], ["block.count", 0]);
  assert.deepEqual(decode(none), { uuid: "u", interfaces: [], blocks: [] });
});

Deno.test("StatsLayout takes a device without a name, and one whose name is no text", () => {
  const odd = parameters(["net.count", 2], ["net.0.name", 4n], ["net.1.tx.pkts", 8n]);
  assert.deepEqual(decode(odd).interfaces, [{ name: "" }, { name: "", txPackets: 8 }]);
});

Deno.test("layoutOf knows a layout again whatever the values are", () => {
  const layout = layoutOf(guest(1n));
  assert.equal(layoutOf(guest(2n, "vnet17")), layout);
  const later = guest(3n, "vnet17");
  assert.deepEqual(layout.read(later, "w").interfaces, [{ name: "vnet17", rxBytes: 90 }]);
  assert.equal(layout.read(later, "w").blocks?.[0]?.writeBytes, 3);
});

Deno.test("StatsLayout does not fit other names, types, orders or counts", () => {
  const layout = new StatsLayout(parameters(["net.0.rx.bytes", 1n], ["net.0.tx.bytes", 2n]));
  const others: [string, Parameters][] = [
    ["name", parameters(["net.0.rx.bytes", 1n], ["net.0.tx.pkts", 2n])],
    ["longer name", parameters(["net.0.rx.bytes", 1n], ["net.0.tx.bytes2", 2n])],
    ["index", parameters(["net.1.rx.bytes", 1n], ["net.0.tx.bytes", 2n])],
    ["type", parameters(["net.0.rx.bytes", 1], ["net.0.tx.bytes", 2n])],
    ["order", parameters(["net.0.tx.bytes", 2n], ["net.0.rx.bytes", 1n])],
    ["fewer", parameters(["net.0.rx.bytes", 1n])],
    [
      "more",
      parameters(["net.0.rx.bytes", 1n], ["net.0.tx.bytes", 2n], ["net.0.rx.pkts", 3n]),
    ],
  ];
  for (const [what, other] of others) assert.equal(layout.fits(other), false, what);
});

Deno.test("layoutOf decodes anew when a device comes and goes", () => {
  const one = parameters(["block.count", 1], ["block.0.rd.bytes", 5n]);
  const two = parameters(
    ["block.count", 2],
    ["block.0.rd.bytes", 6n],
    ["block.1.rd.bytes", 7n],
  );
  assert.deepEqual(decode(one).blocks, [{ name: "", readBytes: 5 }]);
  assert.deepEqual(decode(two).blocks, [{ name: "", readBytes: 6 }, { name: "", readBytes: 7 }]);
  assert.deepEqual(decode(one).blocks, [{ name: "", readBytes: 5 }]);
});

Deno.test("layoutOf takes a name that fills all its bytes", () => {
  assert.deepEqual(decode(parameters(["x".repeat(80), 1n])), { uuid: "u" });
});
