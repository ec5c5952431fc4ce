import assert from "node:assert/strict";
import type { ServerMessage } from "@/protocol/mod.ts";
import { noticeOf } from "@/components/notices.ts";
import { isNotable } from "@/islands/hooks/notable.ts";
import { isToldHere, toldHere } from "@/islands/hooks/told_here.ts";

const timestamp = "2026-05-06T17:13:42.000Z";
const event = (kind: string, detail: Record<string, string | boolean>): ServerMessage => ({
  type: "event",
  timestamp,
  data: { seq: 7, kind, vm: "web1", detail },
});
const failed = (requestId: string) =>
  event("command", {
    action: "stop",
    force: true,
    user: "olga",
    requestId,
    state: "failed",
    message: "No.",
  });

const ROWS: [what: string, message: ServerMessage, notable: boolean, title?: string][] = [
  [
    "a crash",
    event("lifecycle", { event: "stopped", detail: "crashed" }),
    true,
    "web1 crashed",
  ],
  [
    "a pause by an error",
    event("lifecycle", { event: "suspended", detail: "I/O error" }),
    true,
    "web1 was paused by an error",
  ],
  ["a pause by somebody", event("lifecycle", { event: "suspended", detail: "paused" }), false],
  ["a stop", event("lifecycle", { event: "stopped", detail: "destroyed" }), false],
  ["an I/O error", event("io_error", { device: "vda" }), true, "web1: I/O error"],
  ["a command that failed", failed("r1"), true, "Power off web1: failed"],
  ["a command that goes on", event("command", { user: "olga", state: "running" }), false],
  ["a visit to a console", event("console", { user: "olga", action: "attach" }), false],
];
for (const [what, message, notable, title] of ROWS) {
  Deno.test(`${what} is ${notable ? "told" : "not told"} wherever one is`, () => {
    assert.equal(isNotable(message), notable);
    if (title) assert.equal(noticeOf(message)?.title, title);
  });
}

Deno.test("isToldHere knows the commands whose outcome stands on the page", () => {
  toldHere.add("r1");
  assert.equal(isToldHere(failed("r1")), true);
  assert.equal(isToldHere(failed("r2")), false);
  assert.equal(isToldHere(event("reboot", {})), false);
});

Deno.test("noticeOf tells of libvirt lost and back, each once", () => {
  const host = (connected: boolean): ServerMessage => ({
    type: "host",
    timestamp,
    data: {
      name: "rack1",
      uri: "qemu:///system",
      libvirt: { connected, since: timestamp, message: connected ? null : "It is gone." },
      cpu: null,
      bootedAt: null,
      memory: null,
      storage: null,
      versions: { virtglass: "0.1.0", libvirt: null, hypervisor: null },
    },
  });
  const lost = noticeOf(host(false));
  assert.deepEqual([lost?.title, lost?.text, lost?.tone], [
    "libvirt is lost",
    "It is gone.",
    "bad",
  ]);
  assert.equal(noticeOf(host(true))?.title, "libvirt is back");
  assert.notEqual(noticeOf(host(true))?.id, lost?.id);
});
