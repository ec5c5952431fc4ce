/** The host as libvirt sees it. https://libvirt.org/html/libvirt-libvirt-host.html */
import type { CallQueue } from "./call_queue.ts";
import { ErrorCode, LibvirtError } from "./errors.ts";
import { library } from "./library.ts";
import { charsAt, readString, takeString, uint64At } from "./memory.ts";
import { parseVersion } from "./version.ts";

/** virNodeInfo, memory in bytes. */
export interface NodeInfo {
  /** CPU model or architecture, e.g. "x86_64". */
  model: string;
  memory: number;
  /** Active CPUs. */
  cpus: number;
  /** 0 when unknown. */
  mhz: number;
  nodes: number;
  /** Per node. */
  sockets: number;
  /** Per socket. */
  cores: number;
  /** Per core. */
  threads: number;
}

/** Time all host CPUs together have spent since boot, in ns; a field that is not reported is 0. */
export interface NodeCpuStats {
  kernel: number;
  user: number;
  idle: number;
  iowait: number;
  intr: number;
}

/** Host memory in bytes; a field that is not reported is 0. */
export interface NodeMemoryStats {
  total: number;
  free: number;
  buffers: number;
  cached: number;
}

const NODE_INFO_SIZE = 64;
const KIB = 1024;
const ALL = -1;
const STATS_SIZE = 88;
const STATS_NAME_LENGTH = 80;
/** libvirt has 6 CPU and 4 memory fields. A server that knows more says so, and is refused. */
const MAX_STATS = 16;

/** https://libvirt.org/html/libvirt-libvirt-host.html#virNodeGetInfo */
export function nodeInfo(queue: CallQueue): Promise<NodeInfo> {
  const info = new DataView(new ArrayBuffer(NODE_INFO_SIZE));
  return queue.call({
    operation: "virNodeGetInfo",
    invoke: (connection) => library().virNodeGetInfo(connection, info),
    take: () => ({
      model: charsAt(info, 0, 32),
      memory: uint64At(info, 32) * KIB,
      cpus: info.getUint32(40, true),
      mhz: info.getUint32(44, true),
      nodes: info.getUint32(48, true),
      sockets: info.getUint32(52, true),
      cores: info.getUint32(56, true),
      threads: info.getUint32(60, true),
    }),
  });
}

type NodeStats = "virNodeGetCPUStats" | "virNodeGetMemoryStats";

/** How many fields the daemon of a connection has: it is asked each second, and need not tell that anew. */
const counts: Record<NodeStats, WeakMap<CallQueue, number>> = {
  virNodeGetCPUStats: new WeakMap(),
  virNodeGetMemoryStats: new WeakMap(),
};

/** Asked with room for none, it answers how many there are; asked with any other number, it fails. */
function countStats(queue: CallQueue, operation: NodeStats): Promise<number> {
  const count = new Int32Array(1);
  return queue.call({
    operation,
    invoke: (connection) => library()[operation](connection, ALL, null, count, 0),
    take: () => Math.min(count[0] ?? 0, MAX_STATS),
  });
}

async function nodeStats(queue: CallQueue, operation: NodeStats): Promise<Map<string, number>> {
  const known = counts[operation].get(queue) ?? await countStats(queue, operation);
  counts[operation].set(queue, known);
  const count = Int32Array.of(known);
  const stats = new DataView(new ArrayBuffer(STATS_SIZE * known));
  return await queue.call({
    operation,
    invoke: (connection) => library()[operation](connection, ALL, stats, count, 0),
    take: () => {
      const values = new Map<string, number>();
      for (let start = 0; start < stats.byteLength; start += STATS_SIZE) {
        values.set(
          charsAt(stats, start, STATS_NAME_LENGTH),
          uint64At(stats, start + STATS_NAME_LENGTH),
        );
      }
      return values;
    },
  });
}

/** https://libvirt.org/html/libvirt-libvirt-host.html#virNodeGetCPUStats; null where unsupported. */
export async function nodeCpuStats(queue: CallQueue): Promise<NodeCpuStats | null> {
  const stats = await supported(nodeStats(queue, "virNodeGetCPUStats"));
  if (stats === null) return null;
  const time = (field: string) => stats.get(field) ?? 0;
  return {
    kernel: time("kernel"),
    user: time("user"),
    idle: time("idle"),
    iowait: time("iowait"),
    intr: time("intr"),
  };
}

/** https://libvirt.org/html/libvirt-libvirt-host.html#virNodeGetMemoryStats; null where unsupported. */
export async function nodeMemoryStats(queue: CallQueue): Promise<NodeMemoryStats | null> {
  const stats = await supported(nodeStats(queue, "virNodeGetMemoryStats"));
  if (stats === null) return null;
  const bytes = (field: string) => (stats.get(field) ?? 0) * KIB;
  return {
    total: bytes("total"),
    free: bytes("free"),
    buffers: bytes("buffers"),
    cached: bytes("cached"),
  };
}

/** The value, or null when the driver has no such thing. */
export async function supported<T>(value: Promise<T>): Promise<T | null> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof LibvirtError && error.code === ErrorCode.noSupport) return null;
    throw error;
  }
}

type VersionFunction = "virConnectGetLibVersion" | "virConnectGetVersion";

/** https://libvirt.org/html/libvirt-libvirt-host.html#virConnectGetLibVersion, as "9.0.0". */
export function version(queue: CallQueue, operation: VersionFunction): Promise<string> {
  const number = new BigUint64Array(1);
  return queue.call({
    operation,
    invoke: (connection) => library()[operation](connection, number),
    take: () => parseVersion(number[0] ?? 0n),
  });
}

/** https://libvirt.org/html/libvirt-libvirt-host.html#virConnectGetType, e.g. "QEMU". */
export function type(queue: CallQueue): Promise<string> {
  return queue.call({
    operation: "virConnectGetType",
    invoke: (connection) => library().virConnectGetType(connection),
    take: (text) => readString(text) ?? "",
  });
}

type TextFunction = "virConnectGetHostname" | "virConnectGetCapabilities";

/** Functions that answer a string. https://libvirt.org/html/libvirt-libvirt-host.html */
export function text(queue: CallQueue, operation: TextFunction): Promise<string> {
  return queue.call({
    operation,
    invoke: (connection) => library()[operation](connection),
    take: takeString,
  });
}
