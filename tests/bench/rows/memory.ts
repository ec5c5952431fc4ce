import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { freePort } from "../port.ts";
import { processRSS } from "../process_memory.ts";
import { Program } from "../program.ts";
import { median } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { megabytes } from "../units.ts";
import { watchAll } from "../watchers.ts";

const VMS = 50;
const CLIENTS = 10;
const SETTLE = 15_000;

/**
 * Resident memory of the server after 15 s with 10 clients that watch 50 VMs, against a bare Deno
 * server that is connected to the same libvirt and has answered a request.
 */
export class Memory implements Row {
  readonly name = "memory";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(VMS);
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await bench.serve(uri));
    for (let client = 0; client < CLIENTS; client++) stack.use(await watchAll(bench, server));
    const port = freePort();
    const bare = ["run", "-A", "--no-check", bench.peer("bare_server.ts"), uri, `${port}`];
    const peer = stack.use(new Program(Deno.execPath(), bare));
    await peer.line(0);
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    await delay(bench.quick ? SETTLE / 5 : SETTLE);
    this.#ours.push(processRSS(server.pid));
    this.#peer.push(processRSS(peer.pid));
  }

  figures(): Figure[] {
    const what = `RSS, ${VMS} VMs watched by ${CLIENTS} clients`;
    return [compared(what, median(this.#ours), median(this.#peer), megabytes, { atMost: 1.6 })];
  }
}
