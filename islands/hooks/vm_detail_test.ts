import assert from "node:assert/strict";
import type { ServerMessage, VM, VMDetail } from "@/protocol/mod.ts";
import { detailIn } from "@/islands/hooks/vm_detail.ts";

const row: VM = {
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
const detail: VMDetail = {
  ...row,
  title: null,
  description: null,
  machine: null,
  interfaces: [],
  disks: [],
};
const message = (type: string, data: object) =>
  ({ type, timestamp: "2025-03-01T12:00:05Z", data }) as ServerMessage;

const ROWS: [what: string, message: ServerMessage, told: boolean][] = [
  ["vm with its detail", message("vm", detail), true],
  ["vm as a row of the table", message("vm", row), false],
  ["vm of another one", message("vm", { ...detail, uuid: "u2" }), false],
  ["a snapshot", message("subscribed", { topics: [], seq: 0, vms: [row, detail] }), true],
  ["a snapshot without VMs", message("subscribed", { topics: [], seq: 0 }), false],
  ["a status", message("status", { status: "paused" }), false],
];
for (const [what, message, told] of ROWS) {
  Deno.test(`detailIn takes ${told ? "it" : "nothing"} from ${what}`, () => {
    assert.equal(detailIn(message, "u1"), told ? detail : undefined);
  });
}
