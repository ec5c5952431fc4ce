import assert from "node:assert/strict";
import { parseCast, shortened } from "@/islands/hooks/cast.ts";

const HEADER = '{"version":2,"width":100,"height":30,"timestamp":1700000000,"title":"web1"}';

Deno.test("parseCast reads the header and every event", () => {
  const file = `${HEADER}\n[0.5,"o","a\\r\\n"]\n[1.25,"i","x"]\n[2,"m","The guest stopped."]\n`;
  assert.deepEqual(parseCast(file), {
    width: 100,
    height: 30,
    events: [
      { time: 0.5, code: "o", text: "a\r\n" },
      { time: 1.25, code: "i", text: "x" },
      { time: 2, code: "m", text: "The guest stopped." },
    ],
  });
});

Deno.test("parseCast leaves a line out that is cut off, and one that is no event", () => {
  const file = `${HEADER}\n{"a":1}\n[1,"o"]\nnull\n[1,"o","a"]\n[2,"o","ha`;
  assert.deepEqual(parseCast(file).events, [{ time: 1, code: "o", text: "a" }]);
});

Deno.test("parseCast lets no time go back, and no size be absurd", () => {
  const file = '{"version":2,"width":1e9,"height":"x"}\n[3,"o","a"]\n[1,"o","b"]';
  const { width, height, events } = parseCast(file);
  assert.deepEqual([width, height, events.map(({ time }) => time)], [80, 24, [3, 3]]);
});

for (const file of ["", "{}", '{"version":1}', '{"version":3}', "<html>"]) {
  Deno.test(`parseCast refuses ${JSON.stringify(file)} in words`, () => {
    assert.throws(() => parseCast(file), { message: "This file is no asciicast v2." });
  });
}

Deno.test("shortened cuts long pauses and leaves the others as they are", () => {
  const events = [0.5, 1, 61, 61.5, 200].map((time) => ({ time, code: "o", text: `${time}` }));
  assert.deepEqual(shortened(events, 2).map(({ time }) => time), [0.5, 1, 3, 3.5, 5.5]);
  assert.deepEqual(shortened(events, 2).map(({ text }) => text), events.map(({ text }) => text));
});
