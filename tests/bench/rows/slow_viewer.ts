import type { Bench } from "../bench.ts";
import { ConsoleViewer } from "../console_viewer.ts";
import { FIRST_NUMBER } from "../numbers.ts";
import { processRSS } from "../process_memory.ts";
import { Program, run } from "../program.ts";
import { quantile } from "../quantile.ts";
import { absolute, compared, type Figure, type Row } from "../row.ts";
import { megabytes, ms } from "../units.ts";
import type { Virtglass } from "../virtglass.ts";

const KEYS = 200;
/** Bytes a second that the slow viewer reads. */
const SLOWNESS = "1024";
/**
 * Bytes of flood before anything is measured: what the server keeps of a console. A viewer that comes
 * later is sent them at once, so a slow one is behind from its first second on.
 */
const WARM = 1024 * 1024;
/** Numbers without end, as fast as the guest can. */
const LAST = FIRST_NUMBER + 9_999;
const FLOOD = `seq ${FIRST_NUMBER} ${LAST} >/tmp/flood; while :; do cat /tmp/flood; done`;

/** What one stretch of flood saw. */
interface Stretch {
  echoes: number[];
  /** Resident memory of the server, the most of it. */
  memory: number;
}

/**
 * A viewer that reads 1 kB/s while the guest floods its virtio console: what others wait for their
 * echo, and what the server holds for it, against the same without it.
 */
export class SlowViewer implements Row {
  readonly name = "slow";
  readonly once = true;
  #without: number[] = [];
  #with: number[] = [];
  #held = NaN;

  async round(bench: Bench): Promise<void> {
    const { uri, name } = await bench.guest("vg-bnw-hvc", "virtio");
    await using server = await bench.serve(uri);
    const token = await server.token();
    using typist = await ConsoleViewer.open(server, name, token);
    typist.type(`${FLOOD}\r`);
    await typist.until(`${LAST}\r\n`, 0);
    const socket = [`${server.port}`, `/ws/vms/${name}/console`, token];
    await typist.grows(bench.samples(WARM));
    const without = await flooded(bench, socket, server);
    await using slow = new Program(bench.program("slow"), [...socket, SLOWNESS]);
    await slow.line(0);
    const present = await flooded(bench, socket, server);
    if (slow.ended) throw await slow.failure();
    this.#without = without.echoes;
    this.#with = present.echoes;
    this.#held = present.memory - without.memory;
    typist.type("\x03");
    await typist.until("# ", typist.length);
  }

  figures(): Figure[] {
    const what = "key to echo while the guest floods and one viewer reads 1 kB/s, p99";
    const p99 = [quantile(this.#with, 0.99), quantile(this.#without, 0.99)] as const;
    const held = "the same: resident memory more than without that viewer";
    return [
      compared(what, ...p99, ms, { atMost: 2 }),
      absolute(held, this.#held, megabytes, 8 * 1024 * 1024),
    ];
  }
}

async function flooded(bench: Bench, socket: string[], { pid }: Virtglass): Promise<Stretch> {
  let memory = 0;
  const look = setInterval(() => memory = Math.max(memory, processRSS(pid)), 100);
  try {
    const task = ["binary", "flooded", `${bench.samples(KEYS)}`];
    const echoes = await run(bench.program("websocket_console"), [...socket, ...task]);
    return { echoes: echoes.map(Number), memory };
  } finally {
    clearInterval(look);
  }
}
