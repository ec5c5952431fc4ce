/** libvirt for Deno: what the rest of the program may use. It imports nothing of ours. */
export { Connection } from "./connection.ts";
export type { ConnectionOptions } from "./connection.ts";
export type { ConsoleHandlers, ConsoleStream } from "./console_stream.ts";
export type { ConsoleOptions, Domain, DomainInfo } from "./domain.ts";
export { ErrorCode, LaneBroken, LibvirtError, LibvirtMissing } from "./errors.ts";
export type { BreakReason } from "./errors.ts";
export { stopEventLoop } from "./event_loop.ts";
export type { DomainEvent, DomainEventListener } from "./events.ts";
export { openHandles } from "./handles.ts";
export type { OpenHandles } from "./handles.ts";
export type { NodeCpuStats, NodeInfo, NodeMemoryStats } from "./host.ts";
export type { AddressSource, InterfaceAddresses } from "./interface_addresses.ts";
export { Lane } from "./lane.ts";
export type { LaneOptions, LaneState } from "./lane.ts";
export { DomainState, reasonName, stateName } from "./states.ts";
export type { StateName } from "./states.ts";
export type { BalloonStats, BlockStats, DomainStats, InterfaceStats, StatsGroup } from "./stats.ts";
export { libvirtVersion, parseVersion } from "./version.ts";
