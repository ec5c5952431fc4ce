import assert from "node:assert/strict";
import type { ServerMessage } from "@/protocol/mod.ts";
import { ofEvent } from "@/islands/hooks/give_commands.ts";

const event = (kind: string, detail: Record<string, string>): ServerMessage => ({
  type: "event",
  timestamp: "2026-05-06T17:13:42.000Z",
  data: { seq: 7, kind, vm: "web1", detail },
});

const ROWS: [state: string, kind: string, message: string][] = [
  ["queued", "pending", "said"],
  ["running", "pending", "Suspending…"],
  ["waiting", "pending", "said"],
  ["done", "done", "said"],
  ["failed", "failed", "said"],
];
for (const [state, kind, message] of ROWS) {
  Deno.test(`ofEvent tells of a command that is ${state}`, () => {
    const told = event("command", { requestId: "r1", state, message: "said" });
    assert.deepEqual(ofEvent(told, "Suspending…"), ["r1", { kind, message }]);
  });
}

Deno.test("ofEvent tells nothing of other events", () => {
  assert.equal(ofEvent(event("reboot", {}), "Suspending…"), null);
});
