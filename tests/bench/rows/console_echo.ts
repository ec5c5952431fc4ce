import type { Bench } from "../bench.ts";
import { run } from "../program.ts";
import { quantile } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { ms } from "../units.ts";

/** Keys that one side presses before it lets go of the console for the other. */
const BLOCK = 40;

/**
 * From a key at a WebSocket client of the console to its echo there, against a C program on the
 * libvirt stream: the same guest, shell and serial port, held in turn. The server keeps no console
 * open after its last viewer here, so that the other side can have it.
 */
export class ConsoleEcho implements Row {
  readonly name = "console";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri, name } = await bench.guest("vg-bn-ours");
    await using server = await bench.serve(uri, "--console-linger", "0");
    const socket = [`${server.port}`, `/ws/vms/${name}/console`, await server.token()];
    await run(bench.program("websocket_console"), [...socket, "20"]);
    for (let block = bench.samples(6); block > 0; block--) {
      const peer = await run(bench.program("console"), [uri, name, `${BLOCK}`]);
      this.#peer.push(...peer.map(Number));
      const ours = await run(bench.program("websocket_console"), [...socket, `${BLOCK}`]);
      this.#ours.push(...ours.map(Number));
    }
  }

  figures(): Figure[] {
    const what = "key to echo through `/ws/vms/{name}/console`";
    const at = (q: number) => [quantile(this.#ours, q), quantile(this.#peer, q)] as const;
    return [
      compared(`${what}, median of ${this.#ours.length}`, ...at(0.5), ms, { atMost: 1.15 }),
      compared("the same, p99", ...at(0.99), ms, null),
    ];
  }
}
