import assert from "node:assert/strict";
import { box } from "./box.ts";

Deno.test("box frames lines of different length", () => {
  assert.equal(
    box(["a", "", "ümläut"]),
    [
      "┌──────────┐",
      "│  a       │",
      "│          │",
      "│  ümläut  │",
      "└──────────┘",
    ].join("\n"),
  );
});
