import type { Bench } from "../bench.ts";
import { run } from "../program.ts";
import { median } from "../quantile.ts";
import { absolute, compared, type Figure, type Row } from "../row.ts";
import { bytes, megabytesPerSecond } from "../units.ts";

/** Eight bytes each: 2 MB. */
const LINES = 250_000;
const BYTES_PER_LINE = 8;

/** What one side saw. */
class Side {
  /** Bytes a second. */
  readonly rates: number[] = [];
  readonly lost: number[] = [];

  /** @param whole bytes that the guest printed */
  take(line: string | undefined, whole: number): void {
    const [nanoseconds = NaN, lost = NaN] = line?.split(" ").map(Number) ?? [];
    this.rates.push((whole - lost) / (nanoseconds / 1e9));
    this.lost.push(lost);
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
    const lines = bench.samples(LINES);
    const task = ["output", `${lines}`, "1"];
    const theirs = async () => {
      const [line] = await run(bench.program("console"), [uri, name, ...task]);
      this.#peer.take(line, lines * BYTES_PER_LINE);
    };
    const own = async () => {
      const [line] = await run(bench.program("websocket_console"), [...socket, ...task]);
      this.#ours.take(line, lines * BYTES_PER_LINE);
    };
    // Whoever comes second finds the guest slower, so each begins once.
    for (const print of [theirs, own, own, theirs]) await print();
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
