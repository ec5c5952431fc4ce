import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import type { Fleet } from "../fleet.ts";
import { processesCPU } from "../process_cpu.ts";
import { Program } from "../program.ts";
import { median } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { usPerVM } from "../units.ts";
import { watchAll } from "../watchers.ts";

const VMS = 50;
/** Seconds; whole beats of the server, which asks for the dear groups every sixth second, and once
 * a minute when nobody watches. */
const WATCHED = 12;
const UNWATCHED = 60;

/**
 * CPU time of everybody who takes part (client, libvirtd, every QEMU) for a VM and a second: the
 * server with one client on the host page's socket, and with none, against a C program that asks for
 * all groups every second. What QEMU and libvirtd spend when nobody asks is taken off each.
 */
export class SamplingCost implements Row {
  readonly name = "cost";
  readonly #idle: number[] = [];
  readonly #peer: number[] = [];
  readonly #watched: number[] = [];
  readonly #unwatched: number[] = [];

  async round(bench: Bench): Promise<void> {
    const fleet = await bench.fleet(VMS);
    this.#idle.push(await spent([], fleet, WATCHED));
    this.#peer.push(await this.#everySecond(bench, fleet));
    await using server = await bench.serve(fleet.uri);
    {
      await using _watcher = await watchAll(bench, server);
      await delay(5000);
      this.#watched.push(await spent([server.pid], fleet, WATCHED));
    }
    // A minute is long, and nothing in it varies: once is enough.
    if (this.#unwatched.length > 0) return;
    await delay(2000);
    this.#unwatched.push(await spent([server.pid], fleet, UNWATCHED));
  }

  figures(): Figure[] {
    const cost = (samples: number[]) => median(samples) - median(this.#idle);
    const peer = cost(this.#peer);
    const what = "whole cost (client + libvirtd + QEMU) of a second of sampling, charts live";
    return [
      compared(what, cost(this.#watched), peer, usPerVM, { atMost: 0.4 }),
      compared("the same, nobody watching", cost(this.#unwatched), peer, usPerVM, {
        atMost: 0.03,
      }),
    ];
  }

  async #everySecond(bench: Bench, fleet: Fleet): Promise<number> {
    await using client = new Program(bench.program("sample"), [fleet.uri]);
    await client.line(0);
    const before = processesCPU([client.pid, ...fleet.pids]);
    await client.ask(`${WATCHED} 1000`);
    return (processesCPU([client.pid, ...fleet.pids]) - before) / WATCHED / VMS;
  }
}

/** Nanoseconds of CPU time per VM and second, over `seconds` seconds. */
async function spent(clients: number[], fleet: Fleet, seconds: number): Promise<number> {
  const began = performance.now();
  const before = processesCPU([...clients, ...fleet.pids]);
  await delay(seconds * 1000);
  const cpu = processesCPU([...clients, ...fleet.pids]) - before;
  return cpu / ((performance.now() - began) / 1000) / VMS;
}
