import assert from "node:assert/strict";
import type { DomainEvent } from "@/libvirt/mod.ts";
import { EventMessage } from "@/protocol/mod.ts";
import { detailOf } from "./events.ts";

const VM = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "web1" };
const EVENTS: [event: DomainEvent, detail: Record<string, unknown>][] = [
  [
    { ...VM, kind: "lifecycle", event: "stopped", detail: "destroyed", detailCode: 1 },
    { event: "stopped", detail: "destroyed", detailCode: 1 },
  ],
  [{ ...VM, kind: "reboot" }, {}],
  [{ ...VM, kind: "balloon", actual: 1024 }, { actual: 1024 }],
  [
    { ...VM, kind: "tunable", parameters: { "blkdeviotune.disk": "vda", "iops": 7, "on": true } },
    { "blkdeviotune.disk": "vda", "iops": 7, "on": true },
  ],
  [{ ...VM, kind: "job_completed", parameters: { operation: 3, x: null } }, {
    operation: 3,
    x: null,
  }],
];
for (const [event, detail] of EVENTS) {
  Deno.test(`detailOf a ${event.kind} event is flat, as the wire has it`, () => {
    assert.deepEqual(detailOf(event), detail);
    EventMessage.parse({
      type: "event",
      timestamp: "2023-05-06T17:13:42.637Z",
      data: { seq: 1, kind: event.kind, vm: event.name, detail: detailOf(event) },
    });
  });
}
