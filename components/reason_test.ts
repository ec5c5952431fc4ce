import assert from "node:assert/strict";
import { reasonWords } from "@/components/reason.ts";

Deno.test("reasonWords says in plain words what reads oddly, and leaves the rest", () => {
  assert.equal(reasonWords("user"), "by a user");
  assert.equal(reasonWords("I/O error"), "I/O error");
  assert.equal(reasonWords("unknown"), "");
});
