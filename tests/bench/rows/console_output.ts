import type { Bench } from "../bench.ts";
import { run } from "../program.ts";
import { median } from "../quantile.ts";
import { absolute, compared, type Figure, type Row } from "../row.ts";
import { bytes, megabytesPerSecond } from "../units.ts";

/** Eight bytes each: 2 MB. */
const LINES = 250_000;
/** Printings that one side watches before it lets go of the console for the other. */
const BLOCK = 4;

/** What one side saw. */
class Side {
  /** Bytes a second. */
  readonly rates: number[] = [];
  readonly lost: number[] = [];

  take(lines: readonly string[]): void {
    for (const line of lines) {
      const [nanoseconds = NaN, lost = NaN] = line.split(" ").map(Number);
      this.rates.push((8 * LINES - lost) / (nanoseconds / 1e9));
      this.lost.push(lost);
    }
  }
}

/**
 * The guest prints 2 MB to its virtio console: how fast they come to a client of the binary
 * subprotocol and whether all do, against a C program on the libvirt stream. Held in turn as in
 * ConsoleEcho.
 */
export class ConsoleOutput implements Row {
  readonly name = "hvc-output";
  readonly #ours = new Side();
  readonly #peer = new Side();

  async round(bench: Bench): Promise<void> {
    const { uri, name } = await bench.guest("vg-bnw-hvc", "virtio");
    await using server = await bench.serve(uri, "--console-linger", "0");
    const socket = [`${server.port}`, `/ws/vms/${name}/console`, await server.token(), "binary"];
    const task = ["output", `${LINES}`, `${BLOCK}`];
    for (let block = bench.samples(3); block > 0; block--) {
      this.#peer.take(await run(bench.program("console"), [uri, name, ...task]));
      this.#ours.take(await run(bench.program("websocket_console"), [...socket, ...task]));
    }
  }

  figures(): Figure[] {
    const [ours, peer] = [this.#ours, this.#peer];
    const what = "guest output on hvc0 to a client, binary";
    const rates = [median(ours.rates), median(peer.rates)] as const;
    const lost = `bytes lost of it in a run of 2 MB, worst of ${ours.lost.length} (peer: ${
      bytes(Math.max(...peer.lost))
    })`;
    return [
      compared(what, ...rates, megabytesPerSecond, { atLeast: 0.95 }),
      absolute(lost, Math.max(...ours.lost), bytes, 0),
    ];
  }
}
