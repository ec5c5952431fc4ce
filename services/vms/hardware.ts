import { sourceOf } from "./definition.ts";
import { child, children, type Element, parseXML, text } from "./xml.ts";

/** A device, or something like one, by its name; its facts as pairs of words. */
export interface Part {
  name: string;
  facts: [label: string, value: string][];
}

/** Parts of one kind. */
export interface Hardware {
  title: string;
  parts: Part[];
}

/**
 * All that a VM is made of, in words, from its XML; kinds of which it has none are left out.
 * https://libvirt.org/formatdomain.html
 */
export function parseHardware(xml: string): Hardware[] {
  const domain = child(parseXML(xml), "domain");
  const devices = child(domain, "devices");
  const each = (name: string, part: (element: Element, index: number) => Part) =>
    children(devices, name).map(part);
  return [
    { title: "Processor", parts: [processor(domain)] },
    { title: "Memory", parts: [memory(domain, devices)] },
    { title: "Boot and firmware", parts: [firmware(domain)] },
    { title: "Disks", parts: each("disk", disk) },
    { title: "Interfaces", parts: each("interface", nic) },
    { title: "Graphics", parts: [...each("graphics", graphics), ...each("video", video)] },
    { title: "Consoles", parts: consoles(devices) },
    {
      title: "Other devices",
      parts: ["channel", "hostdev", "filesystem", "tpm", "rng", "watchdog"].flatMap((name) =>
        each(name, (element) => other(name, element))
      ),
    },
  ].filter(({ parts }) => parts.some(({ name, facts }) => name !== "" || facts.length > 0));
}

type Fact = [label: string, value: string | null | false | undefined];

const part = (name: string | null, facts: Fact[]): Part => ({
  name: name ?? "",
  facts: facts.filter((fact): fact is [string, string] => Boolean(fact[1])),
});

/** The text of an element that may have attributes too. */
function content(element: Element | undefined, name: string): string | null {
  return text(child(element, name), "#text") ?? text(element, name);
}

function processor(domain: Element | undefined): Part {
  const cpu = child(domain, "cpu");
  const topology = child(cpu, "topology");
  const most = content(domain, "vcpu");
  const now = text(child(domain, "vcpu"), "@current");
  const counts = ["socket", "die", "core", "thread"].flatMap((name) => {
    const count = text(topology, `@${name}s`);
    return count === null ? [] : [`${count} ${name}${count === "1" ? "" : "s"}`];
  });
  return part("", [
    ["vCPUs", now === null ? most : `${now} of ${most}`],
    ["Mode", text(cpu, "@mode")],
    ["Model", content(cpu, "model")],
    ["Topology", counts.join(", ")],
    ["Pinned to host CPUs", text(child(domain, "vcpu"), "@cpuset")],
  ]);
}

function memory(domain: Element | undefined, devices: Element | undefined): Part {
  const backing = child(domain, "memoryBacking");
  return part("", [
    ["Most", amount(domain, "memory")],
    ["Given now", amount(domain, "currentMemory")],
    ["Balloon", text(child(devices, "memballoon"), "@model")],
    ["Huge pages", backing && "hugepages" in backing && "yes"],
    ["Locked in the host's memory", backing && "locked" in backing && "yes"],
  ]);
}

const UNITS: Record<string, number> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** libvirt writes KiB; what was written by hand may stay in other units. */
function amount(domain: Element | undefined, name: string): string | null {
  const value = content(domain, name);
  if (value === null) return null;
  const unit = (text(child(domain, name), "@unit") ?? "KiB")[0]!.toLowerCase();
  const mebibytes = Number(value) * (UNITS[unit] ?? 1024) / 1024 ** 2;
  if (Number.isNaN(mebibytes)) return null;
  return mebibytes >= 1024 ? `${round(mebibytes / 1024)} GiB` : `${round(mebibytes)} MiB`;
}

const round = (value: number) => String(Math.round(value * 10) / 10);

function firmware(domain: Element | undefined): Part {
  const os = child(domain, "os");
  const loader = content(os, "loader");
  const uefi = text(os, "@firmware") === "efi" || text(child(os, "loader"), "@type") === "pflash";
  const order = children(os, "boot").flatMap((boot) => text(boot, "@dev") ?? []);
  return part("", [
    ["Architecture", text(child(os, "type"), "@arch")],
    ["Machine", text(child(os, "type"), "@machine")],
    ["Firmware", uefi ? "UEFI" : content(os, "type") === "hvm" ? "BIOS" : null],
    ["Secure boot", text(child(os, "loader"), "@secure")],
    ["Loader", loader],
    ["Boots from", order.join(", then ")],
    ["Kernel", content(os, "kernel")],
    ["Initial RAM disk", content(os, "initrd")],
    ["Emulator", content(child(domain, "devices"), "emulator")],
  ]);
}

const bootOrder = (device: Element): Fact => [
  "Boot order",
  text(children(device, "boot")[0], "@order"),
];

function disk(device: Element): Part {
  const driver = child(device, "driver");
  return part(text(child(device, "target"), "@dev"), [
    ["Kind", text(device, "@device")],
    ["Bus", text(child(device, "target"), "@bus")],
    ["Source", sourceOf(device) ?? "empty"],
    ["Format", text(driver, "@type")],
    ["Cache", text(driver, "@cache")],
    ["Discard", text(driver, "@discard")],
    ["Read-only", "readonly" in device && "yes"],
    ["Shared", "shareable" in device && "yes"],
    // A list here too, because serial ports have the same name.
    ["Serial number", String(children(device, "serial")[0] ?? "")],
    bootOrder(device),
  ]);
}

function nic(device: Element, index: number): Part {
  return part(text(child(device, "target"), "@dev") ?? `Interface ${index + 1}`, [
    ["Type", text(device, "@type")],
    ["Source", sourceOf(device)],
    ["Model", text(child(device, "model"), "@type")],
    ["MAC", text(child(device, "mac"), "@address")],
    ["MTU", text(child(device, "mtu"), "@size")],
    ["Link", text(child(device, "link"), "@state")],
    ["Filter", text(child(device, "filterref"), "@filter")],
    bootOrder(device),
  ]);
}

function graphics(device: Element): Part {
  const port = text(device, "@port");
  return part(text(device, "@type")?.toUpperCase() ?? "Graphics", [
    ["Listens on", text(device, "@listen") ?? text(child(device, "listen"), "@address")],
    ["Port", port === "-1" ? "chosen at start" : port],
    ["TLS port", text(device, "@tlsPort")],
    ["Socket", text(device, "@socket")],
  ]);
}

function video(device: Element): Part {
  const model = child(device, "model");
  return part("Video", [
    ["Model", text(model, "@type")],
    ["Heads", text(model, "@heads")],
  ]);
}

/** A serial port that is the console too is told once. */
function consoles(devices: Element | undefined): Part[] {
  const ports = [...children(devices, "serial"), ...children(devices, "console")];
  const seen = new Set<string>();
  return ports.flatMap((port) => {
    const target = child(port, "target");
    const kind = (text(target, "@type") ?? "serial").replace(/^(isa|usb|pci)-/, "");
    const name = `${kind} ${text(target, "@port") ?? "0"}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [part(name, [
      ["Type", text(port, "@type")],
      ["On the host", text(child(port, "source"), "@path") ?? text(port, "@tty")],
      ["Log", text(child(port, "log"), "@file")],
    ])];
  });
}

const NAMES: Record<string, string> = {
  channel: "Channel",
  hostdev: "Host device",
  filesystem: "File system",
  tpm: "TPM",
  rng: "Random numbers",
  watchdog: "Watchdog",
};

function other(kind: string, device: Element): Part {
  return part(NAMES[kind] ?? kind, [
    ["Model", text(device, "@model")],
    ["Type", text(device, "@type")],
    ["Target", text(child(device, "target"), "@name") ?? text(child(device, "target"), "@dir")],
    ["Action", text(device, "@action")],
  ]);
}
