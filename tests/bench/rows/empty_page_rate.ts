import type { Bench } from "../bench.ts";
import { press } from "../load.ts";
import { freePort } from "../port.ts";
import { Program } from "../program.ts";
import { median } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { perSecond } from "../units.ts";

const VMS = 50;

/** Requests a second of the host page with 50 VMs, against Hono that answers with an empty page. */
export class EmptyPageRate implements Row {
  readonly name = "empty-page";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(VMS);
    await using server = await bench.serve(uri);
    const cookie = await server.cookie();
    const port = freePort();
    const empty = ["run", "-A", "--no-check", bench.peer("empty_page.ts"), `${port}`];
    await using peer = new Program(Deno.execPath(), empty);
    await peer.line(0);
    for (const each of [server.port, port]) await press(bench, each, cookie); // warms both
    for (let block = bench.samples(4); block > 0; block--) {
      this.#peer.push((await press(bench, port, cookie)).perSecond);
      this.#ours.push((await press(bench, server.port, cookie)).perSecond);
    }
  }

  figures(): Figure[] {
    const what = `host page for ${VMS} VMs, requests/s against an empty page of Hono`;
    return [
      compared(what, median(this.#ours), median(this.#peer), perSecond, { atLeast: 0.6 }),
    ];
  }
}
