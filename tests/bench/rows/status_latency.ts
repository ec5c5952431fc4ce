import type { Bench } from "../bench.ts";
import { Program, run } from "../program.ts";
import { quantile } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { ms } from "../units.ts";
import { latencies, type Stamp } from "./stamps.ts";

const SUSPENDED = 3; // VIR_DOMAIN_EVENT_SUSPENDED

/**
 * From right before `virDomainSuspend` in another process to the `status` message at a WebSocket
 * client, against the same to the lifecycle callback of a C program. Two equal guests on two
 * libvirtds, suspended in turn: neither listener sees the other's events.
 */
export class StatusLatency implements Row {
  readonly name = "status";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const [peer, ours] = [await bench.guest("vg-bn-peer"), await bench.guest("vg-bn-ours")];
    await using server = await bench.serve(ours.uri);
    await using events = new Program(bench.program("events"), [peer.uri]);
    await events.line(0);
    const path = `/ws/vms/${ours.name}`;
    const words = [`${server.port}`, path, await server.token(), "status"];
    await using watcher = new Program(bench.program("watch"), words);
    await watcher.line(0);
    const sides = [peer.uri, peer.name, ours.uri, ours.name];
    await run(bench.program("actor"), ["20", "5", ...sides]);
    const acts = await run(bench.program("actor"), [`${bench.samples(200)}`, "5", ...sides]);
    this.#peer.push(...latencies(acts, "0 suspend", events.lines.flatMap(parseEvent)));
    this.#ours.push(...latencies(acts, "1 suspend", watcher.lines.flatMap(parseStatus)));
  }

  figures(): Figure[] {
    const what = "`virsh suspend` elsewhere to `status` at a WebSocket client";
    const at = (q: number) => [quantile(this.#ours, q), quantile(this.#peer, q)] as const;
    return [
      compared(`${what}, median of ${this.#ours.length}`, ...at(0.5), ms, { atMost: 1.2 }),
      compared("the same, p99", ...at(0.99), ms, { atMost: 1.5 }),
    ];
  }
}

function parseEvent(line: string): Stamp[] {
  const [at, event] = line.split(" ");
  return Number(event) === SUSPENDED ? [{ at: Number(at) }] : [];
}

function parseStatus(line: string): Stamp[] {
  const space = line.indexOf(" ");
  const paused = JSON.parse(line.slice(space)).data.status === "paused";
  return paused ? [{ at: Number(line.slice(0, space)) }] : [];
}
