import assert from "node:assert/strict";
import { cString } from "./memory.ts";
import { numberValue, PARAMETER_SIZE, readParameters } from "./typed_parameters.ts";

const text = cString("vda", "test");
/** Asked for by a row, which so keeps the text for as long as there are rows. */
const textAddress = () => Deno.UnsafePointer.value(Deno.UnsafePointer.of(text));

type Fill = (view: DataView, at: number) => void;
const rows: [name: string, type: number, value: Fill, expected: unknown][] = [
  ["int", 1, (view, at) => view.setInt32(at, -7, true), -7],
  ["unsigned", 2, (view, at) => view.setUint32(at, 0xffff_fffe, true), 0xffff_fffe],
  ["long", 3, (view, at) => view.setBigInt64(at, -(2n ** 40n), true), -(2 ** 40)],
  ["ulong", 4, (view, at) => view.setBigUint64(at, 2n ** 41n, true), 2 ** 41],
  ["double", 5, (view, at) => view.setFloat64(at, 0.25, true), 0.25],
  ["true", 6, (view, at) => view.setInt8(at, 1), true],
  ["false", 6, (view, at) => view.setInt8(at, 0), false],
  ["string", 7, (view, at) => view.setBigUint64(at, textAddress(), true), "vda"],
  ["type of tomorrow", 99, (view, at) => view.setBigUint64(at, 1n, true), null],
];

const memory = new Uint8Array(rows.length * PARAMETER_SIZE);
const view = new DataView(memory.buffer);
rows.forEach(([name, type, fill], index) => {
  memory.set(new TextEncoder().encode(name), index * PARAMETER_SIZE);
  view.setInt32(index * PARAMETER_SIZE + 80, type, true);
  fill(view, index * PARAMETER_SIZE + 88);
});

Deno.test("readParameters decodes every type of virTypedParameter", () => {
  const expected = Object.fromEntries(rows.map(([name, , , value]) => [name, value]));
  assert.deepEqual(readParameters(Deno.UnsafePointer.of(memory), rows.length), expected);
  assert.deepEqual(readParameters(null, 3), {});
});

Deno.test("numberValue is the number, or 0 for what is none", () => {
  const numbers = rows.map((_, index) => numberValue(view, index * PARAMETER_SIZE));
  assert.deepEqual(numbers, [-7, 0xffff_fffe, -(2 ** 40), 2 ** 41, 0.25, 0, 0, 0, 0]);
});
