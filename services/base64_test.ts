import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { fromBase64, toBase64, toBase64Url } from "./base64.ts";

Deno.test("toBase64 and fromBase64 agree with Node's for any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    const text = Buffer.from(bytes).toString("base64");
    assert.equal(toBase64(bytes), text);
    assert.deepEqual([...fromBase64(text)], [...bytes]);
    assert.equal(toBase64Url(bytes), Buffer.from(bytes).toString("base64url"));
  }));
});

Deno.test("toBase64 takes more bytes than a call takes arguments", () => {
  const bytes = new Uint8Array(1_000_003).map((_, index) => index);
  assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
});
