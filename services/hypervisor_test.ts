import assert from "node:assert/strict";
import { LaneBroken, LibvirtError, LibvirtMissing } from "@/libvirt/mod.ts";
import { explain } from "./hypervisor.ts";

const URI = "qemu:///system";
const libvirt = (code: number, message: string) =>
  new LibvirtError("virConnectOpen", { code, domain: 7, level: 2, message });

const SOCKET = "Failed to connect socket to '/run/libvirt/libvirt-sock': ";
const EXPLAINED: [what: string, error: unknown, message: RegExp][] = [
  ["a missing library", new LibvirtMissing("install libvirt0"), /^install libvirt0$/],
  [
    "a daemon that is down",
    libvirt(38, `${SOCKET}No such file`),
    /Is libvirtd running\? systemctl/,
  ],
  ["a daemon that fails", libvirt(39, "Cannot write data"), /Is libvirtd running\? systemctl/],
  [
    "a socket that is closed to us",
    libvirt(38, `${SOCKET}Permission denied`),
    /usermod -aG libvirt/,
  ],
  ["authentication that failed", libvirt(45, "authentication failed"), /group "libvirt"/],
  ["authentication that was cancelled", libvirt(79, "cancelled by user"), /group "libvirt"/],
  ["no polkit agent", libvirt(94, "authentication unavailable: no polkit"), /group "libvirt"/],
  [
    "a URI nobody knows",
    libvirt(5, "no connection driver"),
    /qemu:\/\/\/system: no connection drive/,
  ],
  [
    "a call that took too long",
    new LaneBroken("deadline", "x"),
    /does not answer.*status libvirtd$/,
  ],
  ["a silent daemon", new LaneBroken("keepalive", "x"), /does not answer.*status libvirtd$/],
  ["a daemon that went away", new LaneBroken("eof", "x"), /was lost.*status libvirtd$/],
];
for (const [what, error, message] of EXPLAINED) {
  Deno.test(`explain says in one line what to do about ${what}`, () => {
    const text = explain(error, URI);
    assert.match(text, message);
    assert.doesNotMatch(text, /\n/);
  });
}
