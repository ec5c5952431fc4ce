import type { Snapshot as Listed } from "@/libvirt/mod.ts";
import { child, parseXML, text } from "./xml.ts";

/** A state of a VM that was kept. https://libvirt.org/formatsnapshot.html */
export interface Snapshot {
  name: string;
  description: string | null;
  parent: string | null;
  /** The state that the VM was in, in libvirt's words. */
  state: string | null;
  /** Whether the guest's memory is kept too. */
  memory: boolean;
  /** RFC 3339; null where libvirt does not say. */
  createdAt: string | null;
  /** Whether it is the parent of the next one. */
  current: boolean;
}

/** The newest first. */
export function parseSnapshots(listed: Listed[]): Snapshot[] {
  return listed.map(parse).sort((a, b) => (a.createdAt ?? "") < (b.createdAt ?? "") ? 1 : -1);
}

function parse({ xml, current }: Listed): Snapshot {
  const snapshot = child(parseXML(xml), "domainsnapshot");
  const seconds = Number(text(snapshot, "creationTime") ?? NaN);
  const kept = text(child(snapshot, "memory"), "@snapshot");
  return {
    name: text(snapshot, "name") ?? "",
    description: text(snapshot, "description"),
    parent: text(child(snapshot, "parent"), "name"),
    state: text(snapshot, "state"),
    memory: kept !== null && kept !== "no",
    createdAt: Number.isNaN(seconds) ? null : new Date(seconds * 1000).toISOString(),
    current,
  };
}
