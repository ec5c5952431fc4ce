import { setTimeout as delay } from "node:timers/promises";
import { compileExecutable, denoCompile } from "@/tasks/build/executable.ts";
import type { Bench } from "../bench.ts";
import { freePort } from "../port.ts";
import { processCPU } from "../process_cpu.ts";
import { processRSS } from "../process_memory.ts";
import { Program, run } from "../program.ts";
import { median } from "../quantile.ts";
import { absolute, compared, type Figure, type Row } from "../row.ts";
import { megabytes, ms, percentOfCore } from "../units.ts";
import { serveArguments, Virtglass } from "../virtglass.ts";
import { watchAll } from "../watchers.ts";

const VMS = 50;
const CLIENTS = 10;
/** Milliseconds until memory has come to rest. */
const SETTLE = 15_000;
/** A whole minute: with nobody watching, the server samples once in it. */
const IDLE = 60_000;

/** What is compared: the executable, and two peers that `deno compile` made as well. */
interface Programs {
  virtglass: string;
  /** `Deno.serve` and nothing else. */
  empty: string;
  /** The same, with libvirt connected and its domains listed. */
  bare: string;
}

/** Samples of both sides. */
interface Pair {
  ours: number[];
  peer: number[];
}

/**
 * The executable against the least that `deno compile` makes: its size, its start, its memory, and
 * what it costs while nobody looks.
 */
export class Executable implements Row {
  readonly name = "executable";
  #programs: Promise<Programs> | null = null;
  #grown = NaN;
  readonly #start: Pair = { ours: [], peer: [] };
  readonly #quiet: Pair = { ours: [], peer: [] };
  readonly #watched: Pair = { ours: [], peer: [] };
  readonly #idle: number[] = [];

  async round(bench: Bench): Promise<void> {
    const programs = await (this.#programs ??= make(bench));
    this.#grown = sizeOf(programs.virtglass) - sizeOf(programs.empty);
    await this.#starts(bench, programs);
    await this.#memory(bench, programs);
    await this.#load(bench, programs);
  }

  figures(): Figure[] {
    const pair = ({ ours, peer }: Pair) => [median(ours), median(peer)] as const;
    return [
      absolute("executable, more than the bare runtime", this.#grown, megabytes, 3e6),
      compared("executable, process start to the first 200", ...pair(this.#start), ms, {
        atMost: 2,
      }),
      compared("executable, RSS without VMs", ...pair(this.#quiet), megabytes, { atMost: 1.4 }),
      compared(
        `executable, RSS, ${VMS} VMs watched by ${CLIENTS} clients`,
        ...pair(this.#watched),
        megabytes,
        { atMost: 1.8 },
      ),
      absolute(
        `executable, CPU with ${VMS} VMs and nobody watching`,
        median(this.#idle),
        percentOfCore,
        5e6,
      ),
    ];
  }

  /** The sign-in page, of a server that has reached a libvirt without VMs. */
  async #starts(bench: Bench, { virtglass, empty }: Programs): Promise<void> {
    const { uri } = await bench.fleet(0);
    const first = async (path: string, port: number, command: string[]) => {
      const words = [`${port}`, path, "", "virtglass", ...command];
      return Number((await run(bench.program("first_page"), words))[0]);
    };
    for (let start = bench.samples(20); start > 0; start--) {
      const port = freePort();
      this.#start.peer.push(await first("/", port, [empty, `${port}`]));
      const ours = [virtglass, ...serveArguments(uri, port, bench.dataDir)];
      this.#start.ours.push(await first("/login", port, ours));
    }
  }

  async #memory(bench: Bench, { virtglass, bare }: Programs): Promise<void> {
    const { uri } = await bench.fleet(0);
    await using server = await Virtglass.execute(virtglass, uri, bench.dataDir);
    await using peer = await served(bare, uri);
    await delay(settle(bench));
    this.#quiet.ours.push(processRSS(server.pid));
    this.#quiet.peer.push(processRSS(peer.pid));
  }

  async #load(bench: Bench, { virtglass, bare }: Programs): Promise<void> {
    const { uri } = await bench.fleet(VMS);
    await using server = await Virtglass.execute(virtglass, uri, bench.dataDir);
    await using peer = await served(bare, uri);
    {
      await using watchers = new AsyncDisposableStack();
      for (let client = 0; client < CLIENTS; client++) {
        watchers.use(await watchAll(bench, server));
      }
      await delay(settle(bench));
      this.#watched.ours.push(processRSS(server.pid));
      this.#watched.peer.push(processRSS(peer.pid));
    }
    // What the clients left behind is cleared away first.
    await delay(settle(bench));
    this.#idle.push(await spent(server.pid, bench.quick ? IDLE / 10 : IDLE));
  }
}

const sizeOf = (file: string) => Deno.statSync(file).size;
const settle = (bench: Bench) => bench.quick ? SETTLE / 5 : SETTLE;

async function make(bench: Bench): Promise<Programs> {
  const made = (name: string) => `${bench.folder}/${name}`;
  const programs = { virtglass: made("virtglass"), empty: made("empty"), bare: made("bare") };
  const codes = [
    await compileExecutable({ output: programs.virtglass }),
    await denoCompile(["--output", programs.empty, bench.peer("empty_server.ts")]),
    await denoCompile(["--output", programs.bare, bench.peer("bare_server.ts")]),
  ];
  if (codes.some((code) => code !== 0)) {
    throw new Error("deno compile failed: docs/CONTRIBUTING.md says what it needs");
  }
  return programs;
}

/** A peer that has answered once. */
async function served(program: string, uri: string): Promise<Program> {
  const port = freePort();
  const peer = new Program(program, [uri, `${port}`]);
  await peer.line(0);
  await (await fetch(`http://127.0.0.1:${port}/`)).text();
  return peer;
}

/** Nanoseconds of CPU time a second. */
async function spent(pid: number, milliseconds: number): Promise<number> {
  const began = performance.now();
  const before = processCPU(pid);
  await delay(milliseconds);
  return (processCPU(pid) - before) / ((performance.now() - began) / 1000);
}
