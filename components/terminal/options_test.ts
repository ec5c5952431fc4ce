import assert from "node:assert/strict";
import { DEFAULTS, readOptions } from "@/components/terminal/options.ts";

Deno.test("readOptions gives back what was kept", () => {
  const chosen = { ...DEFAULTS, theme: "paper", fontSize: 18, fontFamily: "Fira Code, monospace" };
  assert.deepEqual(readOptions(JSON.stringify(chosen)), chosen);
});

Deno.test("readOptions takes the default for what is missing, unknown or of the wrong kind", () => {
  const bad = { theme: "__proto__", fontSize: "18", bell: 1, cursorBlink: "yes", other: true };
  for (const kept of [null, "", "{", "null", "[]", "7", JSON.stringify(bad)]) {
    assert.deepEqual(readOptions(kept), DEFAULTS, String(kept));
  }
});

Deno.test("readOptions keeps numbers within what a terminal can do, and names as names", () => {
  const { fontSize, scrollback, fontFamily } = readOptions(JSON.stringify({
    fontSize: 5000,
    scrollback: -1,
    fontFamily: "x; background: url(//evil.example)",
  }));
  assert.deepEqual([fontSize, scrollback], [32, 0]);
  assert.equal(fontFamily, "x background urlevil.example");
});
