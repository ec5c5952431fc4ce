import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { freePort } from "../port.ts";
import { processRSS } from "../process_memory.ts";
import { Program } from "../program.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { kilobytes } from "../units.ts";

const VMS = 20;
/** Open before anything is measured, so that both have grown to their working size. */
const WARM = 1000;
const SOCKETS = 3000;
/** Longer than two heartbeats: what they leave behind is part of it. */
const SETTLE = 35_000;

/**
 * What one more idle socket adds to the server's resident memory, on `/ws/events` without a
 * subscription, against a bare Deno server.
 */
export class IdleSocket implements Row {
  readonly name = "idle";
  readonly once = true;
  #ours = NaN;
  #peer = NaN;

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(VMS);
    await using server = await bench.serve(uri);
    const port = freePort();
    const bare = ["run", "-A", "--no-check", bench.peer("bare_sockets.ts"), `${port}`];
    await using peer = new Program(Deno.execPath(), bare);
    await peer.line(0);
    const token = await server.token();
    // Both at once: memory does not mind.
    [this.#ours, this.#peer] = await Promise.all([
      growth(bench, [`${server.port}`, "/ws/events", token], server.pid),
      growth(bench, [`${port}`, "/ws/events", token], peer.pid),
    ]);
  }

  figures(): Figure[] {
    const what = `memory per idle socket, of ${SOCKETS}`;
    return [compared(what, this.#ours, this.#peer, kilobytes, { atMost: 1.3 })];
  }
}

/** Bytes of resident memory that each of the sockets after the warm-up took. */
async function growth(bench: Bench, to: string[], pid: number): Promise<number> {
  const settled = async () => {
    await delay(bench.quick ? SETTLE / 10 : SETTLE);
    return processRSS(pid);
  };
  await using warm = new Program(bench.program("crowd"), [...to, `${WARM}`]);
  await warm.line(0);
  const before = await settled();
  await using crowd = new Program(bench.program("crowd"), [...to, `${SOCKETS}`]);
  await crowd.line(0);
  return (await settled() - before) / SOCKETS;
}
