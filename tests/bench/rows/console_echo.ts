import type { Bench } from "../bench.ts";
import type { BenchConsole } from "../guest.ts";
import { run } from "../program.ts";
import { quantile } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { ms } from "../units.ts";

/** Keys that one side presses before it lets go of the console for the other. */
const BLOCK = 40;

export interface EchoOptions {
  name: string;
  /** Of a guest whose console is of that kind. */
  guest: string;
  console: BenchConsole;
  protocol: "json" | "binary";
  what: string;
  p99: { atMost: number } | null;
}

/** The user's document's way, to ttyS0. */
export const SERIAL_ECHO: EchoOptions = {
  name: "console",
  guest: "vg-bn-ours",
  console: "serial",
  protocol: "json",
  what: "key to echo through `/ws/vms/{name}/console`",
  p99: null,
};

/** The binary subprotocol to a virtio console: the shortest way there is. */
export const VIRTIO_ECHO: EchoOptions = {
  name: "hvc-echo",
  guest: "vg-bnw-hvc",
  console: "virtio",
  protocol: "binary",
  what: "key to echo on hvc0, binary",
  p99: { atMost: 1.1 },
};

/**
 * From a key at a WebSocket client of the console to its echo there, against a C program on the
 * libvirt stream: the same guest, shell and console, held in turn. The server keeps no console open
 * after its last viewer here, so that the other side can have it.
 */
export class ConsoleEcho implements Row {
  readonly name: string;
  readonly #options: EchoOptions;
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  constructor(options: EchoOptions) {
    this.#options = options;
    this.name = options.name;
  }

  async round(bench: Bench): Promise<void> {
    const { uri, name } = await bench.guest(this.#options.guest, this.#options.console);
    await using server = await bench.serve(uri, "--console-linger", "0");
    const path = `/ws/vms/${name}/console`;
    const socket = [`${server.port}`, path, await server.token(), this.#options.protocol];
    const ours = (keys: number) =>
      run(bench.program("websocket_console"), [...socket, "keys", `${keys}`]);
    const peer = (keys: number) => run(bench.program("console"), [uri, name, "keys", `${keys}`]);
    await ours(BLOCK / 2);
    for (let block = bench.samples(6); block > 0; block--) {
      this.#peer.push(...(await peer(BLOCK)).map(Number));
      this.#ours.push(...(await ours(BLOCK)).map(Number));
    }
  }

  figures(): Figure[] {
    const { what, p99 } = this.#options;
    const at = (q: number) => [quantile(this.#ours, q), quantile(this.#peer, q)] as const;
    return [
      compared(`${what}, median of ${this.#ours.length}`, ...at(0.5), ms, { atMost: 1.15 }),
      compared("the same, p99", ...at(0.99), ms, p99),
    ];
  }
}
