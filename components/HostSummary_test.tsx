import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { HostSummary } from "@/components/HostSummary.tsx";
import type { Host } from "@/protocol/mod.ts";

const host: Host = {
  name: "rack1",
  uri: "qemu:///system",
  libvirt: { connected: true, since: "2025-03-01T12:00:00Z", message: null },
  cpu: null,
  bootedAt: "2025-03-01T12:00:00Z",
  memory: null,
  storage: null,
  versions: { virtglass: "0.1.0", libvirt: "9.0.0", hypervisor: "QEMU 7.2.0" },
};
const drawn = (change: Partial<Host> = {}) =>
  renderToString(
    <HostSummary host={{ ...host, ...change }} vms={[]} now={Date.parse("2025-03-04T16:00:00Z")} />,
  );

Deno.test("HostSummary says all versions, and how long the host has been up", () => {
  const [, note] = /QEMU 7\.2\.0, (.*?)</.exec(drawn()) ?? [];
  assert.equal(note, "qemu:///system, virtglass 0.1.0, host up for 3 d 4 h");
});

Deno.test("HostSummary says nothing of an uptime that is not known", () => {
  assert.match(drawn({ bootedAt: null }), /virtglass 0\.1\.0</);
});
