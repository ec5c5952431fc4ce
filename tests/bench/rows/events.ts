import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { freePort } from "../port.ts";
import { processCPU } from "../process_cpu.ts";
import { Program } from "../program.ts";
import { median, quantile } from "../quantile.ts";
import { absolute, compared, type Figure, type Row } from "../row.ts";
import { count, ms, percentOfCore } from "../units.ts";
import { type Arrival, missed, parseArrival } from "./ticks.ts";

const VMS = 20;
const CLIENTS = 1000;
/**
 * Ticks until what a thousand upgrades left behind is cleared away, which V8 does a minute later,
 * and those that count: as long as two heartbeats of everybody, so that there are two among them.
 */
const SETTLED = 80;
const TICKS = 30;
const SUBSCRIBE = JSON.stringify({ type: "subscribe", data: { topics: ["metrics:*"] } });

/** What one server did for the crowd. */
class Side {
  /** Nanoseconds of its CPU time for a second. */
  readonly cpu: number[] = [];
  /** Nanoseconds from the time in a message to its bytes at a client. */
  readonly ages: number[] = [];
  missed = 0;
}

/**
 * 1,000 clients on `/ws/events` that watch the metrics of 20 VMs, against a bare Deno server that sends
 * each of them one message of the same values a second.
 */
export class Events implements Row {
  readonly name = "events";
  readonly #ours = new Side();
  readonly #peer = new Side();

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(VMS);
    const file = `${bench.folder}/samples.json`;
    await this.#listenToOurs(bench, uri, file);
    await this.#listenToPeer(bench, file);
  }

  figures(): Figure[] {
    const what = `\`/ws/events\`, ${VMS} VMs at 1 Hz to ${CLIENTS} clients`;
    const [ours, peer] = [this.#ours, this.#peer];
    const limit = { atMost: 1.5 };
    const p99 = [quantile(ours.ages, 0.99), quantile(peer.ages, 0.99)] as const;
    return [
      compared(`${what}: CPU`, median(ours.cpu), median(peer.cpu), percentOfCore, limit),
      compared("the same: age of a tick at a client, p99", ...p99, ms, limit),
      absolute("the same: ticks that a client missed", ours.missed, count, 0),
    ];
  }

  /** Each is alone meanwhile: what one clears away would hold up the other. */
  async #listenToOurs(bench: Bench, uri: string, file: string): Promise<void> {
    await using server = await bench.serve(uri);
    const token = await server.token();
    await Deno.writeTextFile(file, await samples(bench, server.port, token));
    await listen(bench, [`${server.port}`, "/ws/events", token], server.pid, this.#ours);
  }

  async #listenToPeer(bench: Bench, file: string): Promise<void> {
    const port = freePort();
    const bare = ["run", "-A", "--no-check", bench.peer("bare_sockets.ts"), `${port}`, file];
    await using peer = new Program(Deno.execPath(), bare);
    await peer.line(0);
    await listen(bench, [`${port}`, "/ws/events", ""], peer.pid, this.#peer);
  }
}

/** The values of one whole `samples` message, as the server sends them. */
async function samples(bench: Bench, port: number, token: string): Promise<string> {
  const words = [`${port}`, "/ws/events", token, "samples", SUBSCRIBE];
  await using watcher = new Program(bench.program("watch"), words);
  // The first beat has no rates yet, and is shorter.
  const line = await watcher.line(2);
  return JSON.stringify(JSON.parse(line.slice(line.indexOf(" "))).data);
}

/** Lets the crowd listen to one server for some ticks. */
async function listen(bench: Bench, to: string[], pid: number, side: Side): Promise<void> {
  const [settled, ticks] = bench.quick ? [1, 3] : [SETTLED, TICKS];
  const words = [...to, `${CLIENTS}`, SUBSCRIBE, "samples", `${settled + ticks}`];
  await using crowd = new Program(bench.program("crowd"), words);
  await crowd.line(0);
  await delay(settled * 1000);
  const [began, before] = [performance.now(), processCPU(pid)];
  await crowd.line(1);
  side.cpu.push((processCPU(pid) - before) / ((performance.now() - began) / 1000));
  await crowd.done();
  const arrivals: Arrival[] = crowd.lines.slice(2).map(parseArrival);
  side.ages.push(...arrivals.map(({ age }) => age));
  side.missed += missed(arrivals, settled + ticks, CLIENTS);
}
