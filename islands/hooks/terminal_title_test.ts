import assert from "node:assert/strict";
import { shownTitle } from "@/islands/hooks/terminal_title.ts";

Deno.test("shownTitle keeps what people write", () => {
  for (const title of ["root@web1: ~", "Grüße 你好 👋", "a b"]) {
    assert.equal(shownTitle(title), title);
  }
});

Deno.test("shownTitle takes out controls and what turns text around or hides", () => {
  assert.equal(shownTitle("a\x07\x1b[31mb\x9b\u0085c"), "a[31mbc");
  for (const hidden of "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c") {
    assert.equal(shownTitle(`x${hidden}y`), "xy");
  }
  assert.equal(shownTitle("a\u200bb\ufeffc\u{e0041}\u2028d"), "abcd");
});

Deno.test("shownTitle is one short line", () => {
  assert.equal(shownTitle("  a \n\t b  "), "a b");
  const long = shownTitle("👋".repeat(500));
  assert.equal([...long].length, 80);
  assert.ok(long.endsWith("…"));
});
