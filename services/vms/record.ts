import type { Sample, StatusData, VM } from "@/protocol.ts";
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
    sample: record.sample,
  };
}
