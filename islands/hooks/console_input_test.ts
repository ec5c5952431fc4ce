import assert from "node:assert/strict";
import { fromBase64, toBase64 } from "@/islands/hooks/base64.ts";
import { consoleInput } from "@/islands/hooks/console_input.ts";

Deno.test("toBase64 and fromBase64 carry every byte", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.deepEqual(fromBase64(toBase64(all)), all);
  assert.equal(toBase64(new TextEncoder().encode("Grüße")), "R3LDvMOfZQ==");
});

Deno.test("consoleInput keeps every byte in order, in messages below 64 KiB", () => {
  const typed = crypto.getRandomValues(new Uint8Array(60_000));
  const parts: number[] = [];
  for (const message of consoleInput(typed)) {
    assert.ok(JSON.stringify(message).length < 64 * 1024);
    assert.ok(message.type === "console_input");
    parts.push(...fromBase64(message.data.content));
  }
  assert.deepEqual(Uint8Array.from(parts), typed);
});

Deno.test("consoleInput of nothing is no message", () => {
  assert.deepEqual([...consoleInput(new Uint8Array())], []);
});
