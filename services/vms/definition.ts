import type { VMDetail } from "@/protocol/mod.ts";
import { child, children, type Element, parseXML, text } from "./xml.ts";

/** What a VM's XML says that virtglass shows. https://libvirt.org/formatdomain.html */
export interface Definition {
  title: string | null;
  description: string | null;
  machine: string | null;
  vcpus: number;
  /** Bytes, at most. */
  memory: number;
  /** Whether there is a serial or virtio console to attach to. */
  console: boolean;
  interfaces: Omit<VMDetail["interfaces"][number], "addresses">[];
  disks: VMDetail["disks"];
}

/** The text of a child, which has a place of its own beside attributes. */
const content = (element: Element | undefined, name: string): string | null =>
  text(element, name) ?? text(child(element, name), "#text");

const KIB = 1024;

export function parseDefinition(xml: string): Definition {
  const domain = child(parseXML(xml), "domain");
  const devices = child(domain, "devices");
  return {
    title: text(domain, "title"),
    description: text(domain, "description"),
    machine: text(child(child(domain, "os"), "type"), "@machine"),
    // `current` stands where more could be plugged in.
    vcpus: Number(text(child(domain, "vcpu"), "@current") ?? content(domain, "vcpu")),
    // libvirt writes KiB, whatever unit the domain was defined with.
    memory: Number(content(domain, "memory")) * KIB,
    console: children(devices, "console").length + children(devices, "serial").length > 0,
    interfaces: children(devices, "interface").map((nic) => ({
      device: text(child(nic, "target"), "@dev"),
      mac: text(child(nic, "mac"), "@address"),
      source: sourceOf(nic) ?? text(nic, "@type"),
      model: text(child(nic, "model"), "@type"),
    })),
    disks: children(devices, "disk").map((disk) => ({
      device: text(child(disk, "target"), "@dev") ?? "",
      bus: text(child(disk, "target"), "@bus"),
      source: sourceOf(disk),
    })),
  };
}

/**
 * A disk's or NIC's source names itself by another attribute for each of its types. Network before
 * bridge: while its VM runs, a network's NIC has both.
 */
export function sourceOf(device: Element): string | null {
  const source = child(device, "source");
  for (const name of ["file", "dev", "name", "network", "bridge", "volume", "dir"]) {
    const value = text(source, `@${name}`);
    if (value !== null) return value;
  }
  return null;
}
