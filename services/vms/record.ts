import type { Sample, StatusData, VM, VMDetail } from "@/protocol/mod.ts";
import { steadyUnix } from "../clock.ts";
import type { Definition } from "./definition.ts";
import { isActive, type VMState } from "./state.ts";

/** What virtglass knows of one VM. Identity is `(host, uuid)`: names may change. */
export interface VMRecord {
  readonly uuid: string;
  name: string;
  state: VMState;
  /** Unix ms of the last change of state. */
  since: number;
  /** When the guest started, by `steadyUnix`; null while it does not run. */
  startedAt: number | null;
  persistent: boolean;
  autostart: boolean;
  definition: Definition;
  /** IP addresses by MAC, with their prefix; read on a slow beat. */
  addresses: ReadonlyMap<string, string[]>;
  /** Written by the monitor. */
  sample: Sample | null;
}

/** The `status` message of the user's document. */
export function toStatus(record: VMRecord): StatusData {
  const running = isActive(record.state.status) && record.startedAt !== null;
  return {
    status: record.state.status,
    lastStateChange: new Date(record.since).toISOString(),
    uptime: running ? Math.max(0, Math.round((steadyUnix() - record.startedAt!) / 1000)) : 0,
  };
}

/** One row of the table. */
export function toVM(record: VMRecord, host: string): VM {
  return {
    ...toStatus(record),
    uuid: record.uuid,
    name: record.name,
    host,
    reason: record.state.reason,
    persistent: record.persistent,
    autostart: record.autostart,
    vcpus: record.definition.vcpus,
    memory: record.definition.memory,
    console: record.definition.console,
    note: noteOf(record.definition),
    addresses: [...record.addresses.values()].flat().map(plainAddress).sort(fourBeforeSix),
    sample: record.sample,
  };
}

/** The same with what only its own page shows. */
export function toDetail(record: VMRecord, host: string): VMDetail {
  const { interfaces, ...definition } = record.definition;
  return {
    ...toVM(record, host),
    ...definition,
    interfaces: interfaces.map((nic) => ({
      ...nic,
      addresses: record.addresses.get(nic.mac ?? "") ?? [],
    })),
  };
}

/** As much of a title as a row of a table has room for. */
const NOTE_LENGTH = 120;

function noteOf(definition: Definition | null): string | null {
  const text = definition?.title ?? definition?.description ?? "";
  const line = text.trim().split("\n", 1)[0]!.trim();
  return line === "" ? null : line.slice(0, NOTE_LENGTH).toWellFormed();
}

const plainAddress = (address: string) => address.replace(/\/\d+$/, "");

const fourBeforeSix = (a: string, b: string) => Number(a.includes(":")) - Number(b.includes(":"));

/**
 * Since when a VM has been in a state of which nothing is remembered, in Unix ms: a guest that has done
 * nothing but run since it was booted began with its QEMU. Of any other state libvirt tells no beginning.
 */
export function firstSince({ status, reason }: VMState, startedAt?: number): number {
  const age = status === "running" && reason === "booted" && startedAt !== undefined
    ? steadyUnix() - startedAt
    : 0;
  return Date.now() - Math.round(age);
}
