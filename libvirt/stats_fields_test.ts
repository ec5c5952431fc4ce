import assert from "node:assert/strict";
import { fieldAt, parseField } from "./stats_fields.ts";

/** A field name as it lies in memory: 80 bytes, NUL after the name. */
function words(name: string): Int32Array {
  const bytes = new Uint8Array(80);
  bytes.set(new TextEncoder().encode(name));
  return new Int32Array(bytes.buffer);
}

Deno.test("parseField knows where each statistic belongs", () => {
  assert.deepEqual(parseField("state.state"), { group: "state", key: "state" });
  assert.deepEqual(parseField("cpu.time"), { group: "cpu", key: "time" });
  assert.deepEqual(parseField("balloon.last-update"), { group: "balloon", key: "lastUpdate" });
  assert.deepEqual(parseField("net.count"), { group: "interfaces" });
  assert.deepEqual(parseField("net.12.rx.bytes"), {
    group: "interface",
    key: "rxBytes",
    index: 12,
  });
  assert.deepEqual(parseField("block.count"), { group: "blocks" });
  assert.deepEqual(parseField("block.0.wr.reqs"), { group: "block", key: "writeOps", index: 0 });
});

Deno.test("parseField leaves alone what nobody asked for", () => {
  const names = [
    "",
    "cpu.user",
    "balloon.major_fault",
    "balloon.7.current",
    "net.rx.bytes",
    "net.0.rx.errs",
    "block.0.path",
    "block.rd.bytes",
    "toString",
    "balloon.constructor",
    "net.0.__proto__",
    "vcpu.0.time",
  ];
  for (const name of names) assert.deepEqual(parseField(name), { group: "other" }, name);
});

Deno.test("fieldAt answers for a name anywhere in memory, the same object each time", () => {
  const first = fieldAt(words("block.1.rd.bytes"), 0);
  assert.deepEqual(first, { group: "block", key: "readBytes", index: 1 });
  const later = new Int32Array([7, 7, ...words("block.1.rd.bytes")]);
  assert.equal(fieldAt(later, 2), first);
});

Deno.test("fieldAt tells names apart that begin alike or hash alike", () => {
  assert.equal(fieldAt(words("net.1.rx.pkts"), 0).group, "interface");
  assert.equal(fieldAt(words("net.1.rx.pkts2"), 0).group, "other");
  // hash("net.", word) = 31 * hash + word: "a" one less and the next word 31 more gives the same hash.
  const one = new Int32Array(20).fill(0, 2);
  one.set([0x41414142, 0x00414141]);
  const two = new Int32Array(20);
  two.set([0x41414141, 0x00414141 + 31]);
  assert.deepEqual(fieldAt(one, 0), { group: "other" });
  assert.notEqual(fieldAt(two, 0), fieldAt(one, 0));
});

Deno.test("fieldAt takes a name that fills all 80 bytes", () => {
  assert.deepEqual(fieldAt(words("x".repeat(80)), 0), { group: "other" });
});
