import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteText, type EventCode, eventLine, headerLine } from "./asciicast.ts";

/** Text with characters of one to four bytes, and bytes of any kind between. */
const bytes = fc.array(
  fc.oneof(
    fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
    fc.uint8Array({ maxLength: 5 }),
    fc.constant(new Uint8Array([0xef, 0xbb, 0xbf])),
  ),
).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

Deno.test("ByteText gives the same text wherever the bytes are split", () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.nat({ max: 7 })), (all, sizes) => {
      const whole = new TextDecoder("utf-8", { ignoreBOM: true }).decode(all);
      const text = new ByteText();
      let split = "";
      let at = 0;
      for (const size of sizes) {
        split += text.add(all.subarray(at, at + size));
        at += size;
      }
      split += text.add(all.subarray(at)) + text.end();
      assert.equal(split, whole);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("ByteText holds half a character back until it is whole, or will not be", () => {
  const text = new ByteText();
  const [first, ...rest] = new TextEncoder().encode("€");
  assert.equal(text.add(new Uint8Array([0x61, first!])), "a");
  assert.equal(text.add(new Uint8Array(rest)), "€");
  assert.equal(text.add(new Uint8Array([first!])), "");
  assert.equal(text.end(), "\ufffd");
  assert.equal(text.add(new Uint8Array([0x62])), "b");
});

Deno.test("headerLine and eventLine are one line of JSON each, whatever they hold", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.constantFrom<EventCode>("o", "i", "m"),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      (text, code, seconds) => {
        const header = { width: 80, height: 24, timestamp: 1700000000, title: text };
        const lines = [headerLine(header), eventLine(seconds, code, text)];
        for (const line of lines) assert.deepEqual(line.indexOf("\n"), line.length - 1);
        assert.deepEqual(JSON.parse(lines[0]!), { version: 2, ...header });
        const [time, kind, data] = JSON.parse(lines[1]!);
        assert.ok(Math.abs(time - seconds) < 1e-6);
        assert.deepEqual([kind, data], [code, text]);
      },
    ),
  );
});
