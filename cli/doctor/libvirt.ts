import { exists } from "@/cli/exists.ts";
import { Connection, LibvirtMissing, libvirtVersion } from "@/libvirt/mod.ts";
import type { Config } from "@/services/config/mod.ts";
import { explain } from "@/services/hypervisor.ts";
import { failure, type Finding, ok, warning } from "./finding.ts";
import { lookAtGuests } from "./guests.ts";
import { isOlder } from "./versions.ts";

const DEADLINE = 5_000;

/** What virtglass is tested with, and what both Debian 12 and Ubuntu 24.04 exceed. */
const TESTED_LIBVIRT = "9.0.0";
/** Older ones leave out statistics of what a guest does with its disks. */
const TESTED_QEMU = "7.0.0";

const RUN = "/run/libvirt";

/** The library, the daemon behind it, its hypervisor and its guests: each stands on the one before. */
export async function lookAtLibvirt({ connect }: Config): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    findings.push(libraryOf(libvirtVersion()));
  } catch (error) {
    if (!(error instanceof LibvirtMissing)) throw error;
    return [
      failure("libvirt library", error.message, "apt-get update && apt-get install libvirt0"),
    ];
  }
  try {
    const deadlines = { deadline: DEADLINE, openDeadline: DEADLINE };
    await using connection = await Connection.open(connect, deadlines);
    findings.push(
      daemonOf(await connection.libVersion(), libvirtVersion(), connection.uri),
      ...await hypervisor(connection),
    );
    findings.push(...await lookAtGuests(connection));
  } catch (error) {
    const [says, remedy = START] = explain(error, connect).split(/(?<=\.) (?=Add|Is|Look)/);
    findings.push(failure("libvirt daemon", says!, remedy));
  }
  return findings;
}

const START = "systemctl enable --now libvirtd.socket";

export function libraryOf(version: string): Finding {
  if (!isOlder(version, TESTED_LIBVIRT)) return ok("libvirt library", version);
  return warning(
    "libvirt library",
    `${version} is older than ${TESTED_LIBVIRT}, the oldest that virtglass is tested with`,
    "upgrade this system's libvirt packages",
  );
}

/** @param library the version of the library here; a driver that runs within it has the same */
export function daemonOf(version: string, library: string, uri: string): Finding {
  const where = `${version} answers at ${uri}`;
  if (version === library) return ok("libvirt daemon", where);
  return warning(
    "libvirt daemon",
    `${where}, while the library here is ${library}`,
    "after an upgrade: systemctl restart libvirtd",
  );
}

async function hypervisor(connection: Connection): Promise<Finding[]> {
  const type = await connection.type();
  if (type !== "QEMU") {
    return [
      warning(
        "hypervisor",
        `the driver is ${type}: no guest of it has a console`,
        "for QEMU and KVM: --connect qemu:///system",
      ),
    ];
  }
  const local = connection.uri === "qemu:///system";
  return [
    qemu(await connection.version()),
    kvm(await connection.capabilities()),
    ...(local ? [virtlogd()] : []),
  ];
}

export function qemu(version: string | null): Finding {
  if (version === null) {
    return failure("QEMU", "libvirt finds none", "apt-get install qemu-system-x86");
  }
  if (!isOlder(version, TESTED_QEMU)) return ok("QEMU", version);
  return warning(
    "QEMU",
    `${version} is older than ${TESTED_QEMU}, the oldest that virtglass is tested with`,
    "upgrade the package qemu-system-x86, then stop and start the guests",
  );
}

function kvm(capabilities: string): Finding {
  if (/<domain type=['"]kvm['"]/.test(capabilities)) return ok("KVM", "guests can use it");
  return warning(
    "KVM",
    exists("/dev/kvm")
      ? "libvirt does not offer it, although there is a /dev/kvm: guests run slowly"
      : "there is no /dev/kvm: guests run slowly, by emulation",
    "switch virtualisation on in the firmware, or in the outer hypervisor if this is a guest; then: modprobe kvm_intel (or kvm_amd) && systemctl restart libvirtd",
  );
}

function virtlogd(): Finding {
  if (exists(`${RUN}/virtlogd-sock`)) return ok("virtlogd", "there");
  return warning(
    "virtlogd",
    `there is no ${RUN}/virtlogd-sock: guests may not start`,
    "systemctl enable --now virtlogd.socket",
  );
}
