import assert from "node:assert/strict";
import { unit } from "./unit.ts";

/** Every line of the unit: what is left out of it by mistake is missed by nobody until it is needed. */
const UNIT: Record<string, string[]> = {
  "Unit Description": ["virtglass: the virtual machines of this host, live in the browser"],
  // Without a network there is no address to listen on, and without sockets no libvirt.
  "Unit Wants": ["network-online.target"],
  "Unit After": ["network-online.target libvirtd.socket virtqemud.socket"],

  // Ready when it says so, alive as long as it says so, started anew when it ends.
  "Service Type": ["notify"],
  "Service WatchdogSec": ["30"],
  "Service TimeoutStopSec": ["10"],
  "Service Restart": ["always"],
  "Service RestartSec": ["2"],
  "Service RestartPreventExitStatus": ["2"],
  "Unit StartLimitIntervalSec": ["0"],

  "Service ExecStart": ["/opt/virtglass serve"],
  "Service EnvironmentFile": ["-/etc/default/virtglass"],
  "Service Environment": ["VIRTGLASS_DATA_DIR=/var/lib/virtglass"],

  // Who it is, and what is its own.
  "Service User": ["virtglass"],
  "Service SupplementaryGroups": ["libvirt"],
  "Service StateDirectory": ["virtglass"],
  "Service StateDirectoryMode": ["0700"],
  "Service UMask": ["0077"],

  // What it may take of the host.
  "Service MemoryMax": ["1G"],
  "Service TasksMax": ["256"],
  "Service LimitNOFILE": ["65536"],

  // What it may do: nothing that a server of HTTP and a client of libvirt does not need.
  "Service NoNewPrivileges": ["yes"],
  "Service CapabilityBoundingSet": [""],
  "Service AmbientCapabilities": [""],
  "Service ProtectSystem": ["strict"],
  "Service ProtectHome": ["yes"],
  "Service PrivateTmp": ["yes"],
  "Service PrivateDevices": ["yes"],
  "Service PrivateMounts": ["yes"],
  "Service DevicePolicy": ["closed"],
  "Service ProtectClock": ["yes"],
  "Service ProtectHostname": ["yes"],
  "Service ProtectControlGroups": ["yes"],
  "Service ProtectKernelLogs": ["yes"],
  "Service ProtectKernelModules": ["yes"],
  "Service ProtectKernelTunables": ["yes"],
  "Service RestrictAddressFamilies": ["AF_UNIX AF_INET AF_INET6"],
  "Service RestrictNamespaces": ["yes"],
  "Service RestrictRealtime": ["yes"],
  "Service RestrictSUIDSGID": ["yes"],
  "Service LockPersonality": ["yes"],
  "Service RemoveIPC": ["yes"],
  "Service KeyringMode": ["private"],
  "Service SystemCallArchitectures": ["native"],
  "Service SystemCallFilter": ["@system-service", "~@privileged @resources"],
  "Service SystemCallErrorNumber": ["EPERM"],

  "Install WantedBy": ["multi-user.target"],
};

const read = directives(unit({ program: "/opt/virtglass" }));

for (const [name, values] of Object.entries(UNIT)) {
  Deno.test(`the unit's [${name.replace(" ", "] ")} is ${values.join(", then ") || "empty"}`, () => {
    assert.deepEqual(read[name], values);
  });
}

Deno.test("the unit says nothing that is not in the table", () => {
  assert.deepEqual(Object.keys(read).filter((name) => !(name in UNIT)), []);
});

/** What a unit says: "SECTION KEY" to its values, in their order. */
function directives(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let section = "";
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const header = /^\[(.*)\]$/.exec(line);
    if (header) {
      section = header[1]!;
      continue;
    }
    const [, key, value] = /^(\w+)=(.*)$/.exec(line)!;
    (found[`${section} ${key}`] ??= []).push(value!);
  }
  return found;
}
