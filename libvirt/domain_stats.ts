/** What bulk statistics say about one domain. */
import type { BalloonKey, BlockKey, InterfaceKey } from "./stats_fields.ts";

/** Memory in KiB, as libvirt has it; `lastUpdate` in Unix seconds, 0 while the guest never reported. */
export type BalloonStats = { [key in BalloonKey]?: number };
/** Counters since the guest started; what the hypervisor does not report is absent. */
export type InterfaceStats = { name: string } & { [key in InterfaceKey]?: number };
export type BlockStats = { name: string } & { [key in BlockKey]?: number };

/** What one domain reported: only what was asked for, and of that only what it has. */
export interface DomainStats {
  uuid: string;
  /** virDomainState; see stateName and reasonName. */
  state?: number;
  reason?: number;
  /** CPU time of all vCPUs together since the guest started, in ns. */
  cpuTime?: number;
  balloon?: BalloonStats;
  /** Empty when it has none, absent when libvirt did not say. */
  interfaces?: InterfaceStats[];
  blocks?: BlockStats[];
}
