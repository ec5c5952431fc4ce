import assert from "node:assert/strict";
import type { ServerMessage, VM } from "@/protocol/mod.ts";
import { listed } from "@/components/listed.ts";
import { applyToVM, type VMState } from "@/islands/hooks/vm_state.ts";

const AT = Date.parse("2025-03-01T12:00:00Z");
const vm: VM = {
  uuid: "u1",
  name: "web1",
  host: "rack1",
  status: "running",
  lastStateChange: "2025-03-01T11:59:00Z",
  uptime: 60,
  reason: "booted",
  persistent: true,
  autostart: false,
  vcpus: 1,
  memory: 1024,
  console: true,
  note: null,
  addresses: [],
  sample: null,
};
const start: VMState = { vm: listed(vm, AT), now: AT, gone: false };
const message = (type: string, data: object) =>
  ({ type, timestamp: "2025-03-01T12:00:05Z", data }) as ServerMessage;

Deno.test("applyToVM takes the status and drops the reason of another state", () => {
  const data = { status: "paused", lastStateChange: "2025-03-01T12:00:05Z", uptime: 65 };
  const { vm, now } = applyToVM(start, message("status", data));
  assert.deepEqual([vm.status, vm.reason, vm.startedAt], ["paused", "", AT - 60_000]);
  assert.equal(now, AT + 5000);
});

Deno.test("applyToVM keeps the reason when the status is the same", () => {
  const data = { status: "running", lastStateChange: vm.lastStateChange, uptime: 65 };
  assert.equal(applyToVM(start, message("status", data)).vm.reason, "booted");
});

Deno.test("applyToVM takes its own VM from vm and subscribed, and no other", () => {
  const stopped = { ...vm, status: "stopped", reason: "destroyed", uptime: 0 };
  assert.equal(applyToVM(start, message("vm", stopped)).vm.reason, "destroyed");
  assert.equal(applyToVM(start, message("vm", { ...stopped, uuid: "u2" })), start);
  const data = { topics: [], seq: 0, vms: [{ ...stopped, uuid: "u2" }, stopped] };
  assert.equal(applyToVM(start, message("subscribed", data)).vm.startedAt, null);
});

Deno.test("applyToVM counts a guest up from its first second", () => {
  const booting = { ...vm, uptime: 0, lastStateChange: "2025-03-01T12:00:05Z" };
  assert.equal(applyToVM(start, message("vm", booting)).vm.startedAt, AT + 5000);
});

Deno.test("applyToVM notices that its VM is gone, and that it is back", () => {
  const gone = applyToVM(start, message("vm_removed", { uuid: "u1", name: "web1" }));
  assert.equal(gone.gone, true);
  assert.equal(applyToVM(gone, message("vm", vm)).gone, false);
  assert.equal(applyToVM(start, message("vm_removed", { uuid: "u2", name: "web1" })), start);
});
