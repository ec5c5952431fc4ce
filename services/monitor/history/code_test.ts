import assert from "node:assert/strict";
import fc from "fast-check";
import { decode, encode, NOTHING } from "./code.ts";

Deno.test("encode keeps nought, and tells nothing from it", () => {
  assert.equal(decode(encode(0)), 0);
  assert.equal(encode(NaN), NOTHING);
  assert.ok(Number.isNaN(decode(NOTHING)));
});

Deno.test("encode is off by less than 0.03 % whatever the size", () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), (value) => {
    const code = encode(value);
    assert.ok(Number.isInteger(code) && code > 0 && code <= 0xffff, `${value}: ${code}`);
    assert.ok(Math.abs(decode(code) - value) <= 0.0003 * (1 + value), `${value}: ${decode(code)}`);
  }));
});

Deno.test("encode keeps percent to the tenth", () => {
  for (let tenths = 0; tenths <= 1000; tenths++) {
    assert.ok(Math.abs(decode(encode(tenths / 10)) * 10 - tenths) < 0.5, `${tenths / 10} %`);
  }
});

Deno.test("encode keeps the order, and holds what is too large at its end", () => {
  assert.ok(encode(5e9) > encode(4e9));
  assert.equal(encode(1e30), 0xffff);
});
