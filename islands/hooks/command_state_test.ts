import assert from "node:assert/strict";
import type { ServerMessage } from "@/protocol/mod.ts";
import {
  applyToCommand,
  type CommandState,
  isPending,
  requestId,
} from "@/islands/hooks/command_state.ts";

const sent: CommandState = {
  requestId: "r1",
  action: "stop",
  force: false,
  phase: "sent",
  message: "",
};
const message = (type: string, data: object) =>
  ({ type, timestamp: "2025-03-01T12:00:00Z", data }) as ServerMessage;

Deno.test("applyToCommand follows progress to the response", () => {
  const progress = {
    requestId: "r1",
    action: "stop",
    state: "waiting",
    message: "asked the guest",
  };
  const waiting = applyToCommand(sent, message("progress", progress));
  assert.deepEqual([waiting.phase, waiting.message], ["waiting", "asked the guest"]);
  const response = { requestId: "r1", success: true, message: "stopped" };
  const done = applyToCommand(waiting, message("response", response));
  assert.deepEqual([done.phase, isPending(done)], ["done", false]);
});

Deno.test("applyToCommand fails on an unsuccessful response and on an error with its id", () => {
  const response = { requestId: "r1", success: false, message: "no" };
  assert.equal(applyToCommand(sent, message("response", response)).phase, "failed");
  const error = { requestId: "r1", code: "FORBIDDEN", message: "no" };
  assert.equal(applyToCommand(sent, message("error", error)).phase, "failed");
});

Deno.test("applyToCommand ignores other commands, errors without an id, and what comes after the end", () => {
  const other = { requestId: "r2", success: true, message: "" };
  assert.equal(applyToCommand(sent, message("response", other)), sent);
  assert.equal(applyToCommand(sent, message("error", { code: "INTERNAL", message: "" })), sent);
  const done: CommandState = { ...sent, phase: "done" };
  const late = { requestId: "r1", action: "stop", state: "queued", message: "" };
  assert.equal(applyToCommand(done, message("progress", late)), done);
});

Deno.test("requestId is new every time", () => {
  const ids = Array.from({ length: 100 }, requestId);
  assert.equal(new Set(ids).size, 100);
  assert.match(ids[0] ?? "", /^[0-9a-f]{32}$/);
});
