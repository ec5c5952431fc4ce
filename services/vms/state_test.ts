import assert from "node:assert/strict";
import { type Status, STATUSES } from "@/protocol/mod.ts";
import { announcedState, isActive, vmState } from "./state.ts";

/** virDomainState and a reason of it, as libvirt.org lists them. */
const STATES: [state: number, reason: number, status: Status, words: string][] = [
  [0, 0, "unknown", "unknown"],
  [1, 1, "running", "booted"],
  [1, 5, "running", "unpaused"],
  [2, 0, "running", "unknown"],
  [3, 1, "paused", "user"],
  [3, 5, "paused", "I/O error"],
  [4, 1, "shutdown", "user"],
  [5, 0, "stopped", "unknown"],
  [5, 1, "stopped", "shutdown"],
  [5, 2, "stopped", "destroyed"],
  [5, 3, "crashed", "crashed"],
  [5, 6, "stopped", "failed"],
  [6, 1, "crashed", "panicked"],
  [7, 0, "paused", "unknown"],
  [1, 999, "running", "unknown"],
  [99, 0, "unknown", "unknown"],
];
for (const [state, reason, status, words] of STATES) {
  Deno.test(`vmState of ${state} for ${reason} is ${status}: ${words}`, () => {
    assert.deepEqual(vmState(state, reason), { status, reason: words });
  });
}

type Lifecycle = Parameters<typeof announcedState>[0];
const ANNOUNCED: [event: Lifecycle["event"], detail: string, status: Status | null][] = [
  ["started", "booted", "running"],
  ["resumed", "unpaused", "running"],
  ["suspended", "paused", "paused"],
  ["suspended", "I/O error", "paused"],
  ["pmsuspended", "memory", "paused"],
  ["shutdown", "finished", "shutdown"],
  ["stopped", "shutdown", "stopped"],
  ["stopped", "destroyed", "stopped"],
  ["stopped", "crashed", "crashed"],
  ["crashed", "panicked", "crashed"],
  ["defined", "added", null],
  ["undefined", "removed", null],
];
for (const [event, detail, status] of ANNOUNCED) {
  Deno.test(`announcedState of ${event} (${detail}) is ${status ?? "not told"}`, () => {
    const announced = announcedState({
      kind: "lifecycle",
      uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f",
      name: "web1",
      event,
      detail,
      detailCode: 0,
    });
    assert.deepEqual(announced, status === null ? null : { status, reason: detail });
  });
}

Deno.test("isActive is true where a guest is in memory", () => {
  const active = STATUSES.filter(isActive);
  assert.deepEqual(active, ["running", "paused", "shutdown"]);
});
