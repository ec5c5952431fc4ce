import type { Bench } from "../bench.ts";
import { Program } from "../program.ts";
import { median } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { usPerVM } from "../units.ts";

const VMS = 50;
/**
 * Samples until V8 has compiled what runs every second: the server does so for months. By 300 it has not:
 * with a fifth of a second between two, a sample goes on becoming cheaper until the thousandth.
 */
const WARM = 1000;

/**
 * CPU time that our process spends on one VM of one bulk sample with all groups (libvirt's client
 * library and the decoding included), against a C program that makes the same call and reads every
 * field and whose it is. Both run all along and take turns, ten samples each.
 */
export class SampleCPU implements Row {
  readonly name = "sample";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(VMS);
    const client = new URL("../sample_client.ts", import.meta.url).pathname;
    await using peer = new Program(bench.program("sample"), [uri]);
    await using ours = new Program(Deno.execPath(), ["run", "-A", "--no-check", client, uri]);
    await Promise.all([peer.line(0), ours.line(0)]);
    await cost(peer, 2);
    await cost(ours, bench.samples(WARM));
    for (let block = bench.samples(4); block > 0; block--) {
      this.#peer.push(await cost(peer, 10));
      this.#ours.push(await cost(ours, 10));
    }
  }

  figures(): Figure[] {
    const what = "client-side CPU of a bulk sample, per VM";
    return [compared(what, median(this.#ours), median(this.#peer), usPerVM, { atMost: 2 })];
  }
}

/** Nanoseconds of the program's CPU time for a VM, over `samples` samples without a pause. */
async function cost(program: Program, samples: number): Promise<number> {
  const [cpu = 0, , records = 0] = (await program.ask(`${samples} 0`)).split(" ").map(Number);
  if (records !== samples * VMS) throw new Error(`${records} records in ${samples} samples`);
  return cpu / records;
}
