import assert from "node:assert/strict";
import {
  charsAt,
  copyMemory,
  cString,
  OutPointer,
  readString,
  stringAt,
  takePointers,
  uint64At,
} from "./memory.ts";

/** A view of numbers that a C function could have left. */
function words(...numbers: bigint[]): DataView<ArrayBuffer> {
  return new DataView(new BigUint64Array(numbers).buffer);
}

Deno.test("cString ends at a NUL after the last byte, not after the last character", () => {
  assert.deepEqual([...cString("é☃", "test")], [0xc3, 0xa9, 0xe2, 0x98, 0x83, 0]);
  assert.throws(() => cString("a\0b", "virDomainLookupByName"), {
    name: "LibvirtError",
    code: 8,
    operation: "virDomainLookupByName",
  });
});

Deno.test("readString copies until the NUL and takes NULL for null", () => {
  const text = cString("tést", "test");
  assert.equal(readString(Deno.UnsafePointer.of(text)), "tést");
  assert.equal(readString(null), null);
});

Deno.test("stringAt follows the pointer that is stored there", () => {
  const text = cString("there", "test");
  const view = words(0n, Deno.UnsafePointer.value(Deno.UnsafePointer.of(text)));
  assert.equal(stringAt(view, 8), "there");
  assert.equal(stringAt(view, 0), null);
});

Deno.test("uint64At is exact up to 2^53 and the nearest double above", () => {
  const view = words(0n, 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 64n - 1n);
  const numbers = [0, 1, 2, 3, 4].map((at) => uint64At(view, at * 8));
  assert.deepEqual(numbers, [0, 1, 2 ** 32, 2 ** 53 - 1, 2 ** 64]);
});

Deno.test("charsAt reads a char array with and without its NUL", () => {
  const view = new DataView(new TextEncoder().encode("..abc\0def").buffer);
  assert.equal(charsAt(view, 2, 7), "abc");
  assert.equal(charsAt(view, 2, 2), "ab");
});

Deno.test("copyMemory copies: what happens to the original later does not show", () => {
  const original = new Uint8Array([1, 2, 3]);
  const pointer = Deno.UnsafePointer.of(original);
  assert.ok(pointer !== null);
  const copy = copyMemory(pointer, 3);
  original.fill(9);
  assert.deepEqual(new Uint8Array(copy.buffer), new Uint8Array([1, 2, 3]));
});

Deno.test("OutPointer and takePointers take NULL for nothing", () => {
  const list = new OutPointer();
  assert.equal(list.address, 0n);
  assert.equal(list.value, null);
  assert.deepEqual(takePointers(list.value, 0), []);
});
