import { existsSync } from "node:fs";
import { CommandFailed, run } from "@/cli/run.ts";

/** What a machine is prepared for. */
export type Purpose = "demo" | "test" | "bench";

/** To run the tiny guest: libvirt, QEMU, and what its image is made of. */
const GUEST = [
  "libvirt-daemon-system",
  "libvirt-daemon-driver-qemu",
  "libvirt-clients",
  "qemu-system-x86",
  "busybox-static",
  "cpio",
  "iproute2",
  "xz-utils",
  "zstd",
];

/**
 * For the browser tests, the header that the binding is held against, a clock that can be set, and
 * what C is compiled with: an old libvirt, and the programs of the benchmarks.
 */
const BROWSER = ["chromium-headless-shell", "fonts-dejavu-core"];
/** The whole browser, as people have it: figures are of what they see. */
const WHOLE_BROWSER = ["chromium", "fonts-dejavu-core"];
const HEADER = ["libvirt-dev"];
const CLOCK = ["faketime"];
/**
 * For the completions of their shells, the service under a systemd of its own, the package of the
 * executable, and certificates that have expired.
 */
const COMMAND_LINE = ["zsh", "fish", "systemd", "systemd-container", "lintian", "openssl"];
const COMPILER = ["gcc", "libc6-dev"];
/**
 * What the page is measured against. Where systemd runs, installing it would open a port to the
 * network: there it is up to the owner of the machine.
 */
const COCKPIT = existsSync("/run/systemd/system")
  ? []
  : ["cockpit-ws", "cockpit-bridge", "cockpit-machines", "dbus-daemon", "dbus-bin"];

const PACKAGES: Record<Purpose, readonly string[]> = {
  demo: GUEST,
  test: [...GUEST, ...BROWSER, ...HEADER, ...CLOCK, ...COMMAND_LINE, ...COMPILER],
  bench: [...GUEST, ...WHOLE_BROWSER, ...HEADER, ...COMPILER, ...COCKPIT],
};

/** The Debian packages for this purpose that this machine has not. */
export async function missingPackages(purpose: Purpose): Promise<string[]> {
  const wanted = PACKAGES[purpose];
  return missing(wanted, await query(wanted));
}

/** Those of `wanted` that are not "installed" in dpkg-query's `NAME STATUS` lines. */
export function missing(wanted: readonly string[], installed: string): string[] {
  const there = new Set(
    installed.split("\n").filter((line) => line.endsWith(" installed")).map((line) =>
      line.split(" ")[0]
    ),
  );
  return wanted.filter((name) => !there.has(name));
}

async function query(names: readonly string[]): Promise<string> {
  const format = "--showformat=${Package} ${db:Status-Status}\n";
  try {
    return await run("dpkg-query", ["--show", format, ...names]);
  } catch (error) {
    // It ends with 1 when it knows nothing of one of them, and still lists the others.
    if (error instanceof CommandFailed && error.code === 1) return error.stdout;
    throw error;
  }
}
