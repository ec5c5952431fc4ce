import assert from "node:assert/strict";
import fc from "fast-check";
import { Scrollback } from "./scrollback.ts";

/** Bytes that tell their own offset, so that one lost or doubled shows. */
const bytes = (from: number, count: number) =>
  Uint8Array.from({ length: count }, (_, index) => (from + index) % 251);

Deno.test("Scrollback holds the same as a plain array cut to its limit", () => {
  const chunks = fc.array(fc.nat({ max: 12_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.nat({ max: 20_000 }), chunks, fc.nat(), (limit, sizes, anywhere) => {
      const scrollback = new Scrollback(limit);
      let all: number[] = [];
      for (const size of sizes) {
        const chunk = bytes(all.length, size);
        scrollback.append(chunk);
        all = all.concat([...chunk]);
        const held = all.slice(Math.max(0, all.length - limit));
        assert.equal(scrollback.end, all.length);
        assert.equal(scrollback.start, all.length - held.length);
        assert.deepEqual([...scrollback.since(0)], held);
        const offset = anywhere % (all.length + 2);
        const expected = all.slice(Math.max(scrollback.start, offset));
        assert.deepEqual([...scrollback.since(offset)], expected);
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("Scrollback.since gives a copy that later bytes do not change", () => {
  const scrollback = new Scrollback(8);
  scrollback.append(bytes(0, 8));
  const copy = scrollback.since(0);
  scrollback.append(bytes(8, 8));
  assert.deepEqual(copy, bytes(0, 8));
});

Deno.test("Scrollback.append copies: its caller may use the array again", () => {
  const scrollback = new Scrollback(100);
  const chunk = bytes(0, 10);
  scrollback.append(chunk);
  chunk.fill(255);
  assert.deepEqual(scrollback.since(0), bytes(0, 10));
});

Deno.test("Scrollback keeps the end of a chunk that is larger than its limit", () => {
  const scrollback = new Scrollback(1024);
  scrollback.append(bytes(0, 5000));
  assert.equal(scrollback.start, 5000 - 1024);
  assert.deepEqual(scrollback.since(0), bytes(5000 - 1024, 1024));
});

Deno.test("Scrollback counts offsets beyond 32 bits", () => {
  const scrollback = new Scrollback(4096);
  const chunk = bytes(0, 64 * 1024 * 1024);
  for (let round = 0; round < 80; round++) scrollback.append(chunk);
  const end = 80 * chunk.length;
  assert.ok(end > 2 ** 32);
  assert.equal(scrollback.end, end);
  assert.deepEqual(scrollback.since(end - 5), chunk.subarray(-5));
});
