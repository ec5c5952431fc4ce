import { XMLBuilder } from "fast-xml-parser";
import type { GuestImage } from "./image.ts";

export interface GuestOptions {
  name: string;
  image: GuestImage;
  uuid?: string;
  /** Absolute path of a raw disk image. */
  disk?: string;
  /** MiB. */
  memory?: number;
  vcpus?: number;
  /** `tap` is counted by libvirt and needs root and /dev/net/tun; `user` works everywhere. */
  network?: "tap" | "user";
  /** A second shell, on a virtio console. */
  hvc?: boolean;
  /**
   * What is opened as its console: `virtio` is a shell on hvc0. The serial port stays, beside it.
   */
  console?: "serial" | "virtio";
  /** Absolute path of a file that gets what the guest writes to its serial console. */
  log?: string;
  /** A panic device; a guest that panics then stays in memory, as it was. */
  panic?: boolean;
  title?: string;
  description?: string;
}

/** The domain XML of the tiny guest, which QEMU emulates: it runs where there is no KVM. */
export function guestXML(options: GuestOptions): string {
  return builder.build({
    domain: {
      "@type": "qemu",
      name: options.name,
      ...(options.uuid && { uuid: options.uuid }),
      ...(options.title && { title: options.title }),
      ...(options.description && { description: options.description }),
      memory: { "@unit": "MiB", "#text": options.memory ?? 128 },
      vcpu: options.vcpus ?? 1,
      os: {
        type: { "@arch": "x86_64", "@machine": "pc", "#text": "hvm" },
        kernel: options.image.kernel,
        initrd: options.image.initramfs,
        cmdline: commandLine(options),
      },
      // The power button is ACPI's.
      features: { acpi: "" },
      clock: { "@offset": "utc" },
      on_poweroff: "destroy",
      on_reboot: "restart",
      on_crash: options.panic ? "preserve" : "destroy",
      devices: devices(options),
      // As root, with files left to their owner: the checkout may lie below a folder, such as
      // /root, that QEMU's own user may not enter, and guests that share a kernel must not fight
      // about who owns it.
      seclabel: { "@type": "static", "@model": "dac", "@relabel": "no", label: "+0:+0" },
    },
  });
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  format: true,
});

/** Those of QEMU's user-mode network. */
const USER_NETWORK = ["guest.address=10.0.2.15/24", "guest.gateway=10.0.2.2"];

function commandLine({ name, network }: GuestOptions): string {
  // Without KASLR, mitigations and the kernel's tests of its ciphers an emulated boot takes 2/5 less.
  const quick = ["nokaslr", "mitigations=off", "cryptomgr.notests", "no_timer_check"];
  const words = ["console=ttyS0", "quiet", ...quick, "panic=-1"];
  if (network !== "tap") words.push(...USER_NETWORK);
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(name)) words.push(`guest.hostname=${name}`);
  return words.join(" ");
}

function devices({ disk, hvc, console, log, network, panic }: GuestOptions) {
  const serial = { "@type": "pty", target: { "@type": "serial", "@port": "0" } };
  const virtio = (port: string) => ({
    "@type": "pty",
    target: { "@type": "virtio", "@port": port },
  });
  return {
    ...(disk && {
      disk: {
        "@type": "file",
        "@device": "disk",
        driver: { "@name": "qemu", "@type": "raw", "@cache": "unsafe" },
        source: { "@file": disk },
        target: { "@dev": "vda", "@bus": "virtio" },
      },
    }),
    interface: {
      ...(network === "tap" ? tap : { "@type": "user" }),
      model: { "@type": "virtio" },
      rom: { "@enabled": "no" },
    },
    serial: {
      "@type": "pty",
      ...(log && { log: { "@file": log, "@append": "off" } }),
      target: { "@port": "0" },
    },
    // libvirt opens the first one.
    console: console === "virtio" ? [virtio("0")] : hvc ? [serial, virtio("1")] : [serial],
    controller: { "@type": "usb", "@model": "none" },
    ...(panic && { panic: { "@model": "isa" } }),
    memballoon: { "@model": "virtio", stats: { "@period": "2" } },
  };
}

/**
 * A device of its own between host and guest: no bridge, no DHCP, no firewall rule. It has no address on
 * the host, because libvirt 9.0 fails to resume a guest whose device has one; the two talk by the
 * link-local addresses that IPv6 gives to both.
 */
const tap = { "@type": "ethernet" };
