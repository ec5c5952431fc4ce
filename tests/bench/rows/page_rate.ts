import type { Bench } from "../bench.ts";
import { press } from "../load.ts";
import { freePort } from "../port.ts";
import { Program } from "../program.ts";
import { median } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { perSecond } from "../units.ts";
import { valuesOf } from "../page_values.ts";
import type { Virtglass } from "../virtglass.ts";

/**
 * Requests a second of the host page with 20 VMs, with its session check and headers, against a bare
 * Hono + Preact server that renders the same components with the same values. The same eight
 * connections ask the one and the other in turn.
 */
export class PageRate implements Row {
  readonly name = "page";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(20);
    await using server = await bench.serve(uri);
    const cookie = await server.cookie();
    const port = freePort();
    await using bare = await startBarePage(bench, server, cookie, port);
    await bare.line(0);
    const load = (port: number) => press(bench, port, cookie);
    const [ours, peer] = [await load(server.port), await load(port)]; // warms both
    const ratio = peer.bytesPerAnswer / ours.bytesPerAnswer;
    if (ratio < 0.8 || ratio > 1.1) {
      throw new Error(`the peer's page is ${ratio} x as long as ours`);
    }
    for (let block = bench.samples(4); block > 0; block--) {
      this.#peer.push((await load(port)).perSecond);
      this.#ours.push((await load(server.port)).perSecond);
    }
  }

  figures(): Figure[] {
    const what = "host page for 20 VMs, requests/s with its session check and headers";
    const [ours, peer] = [median(this.#ours), median(this.#peer)];
    return [compared(what, ours, peer, perSecond, { atLeast: 0.7 })];
  }
}

/** The peer, given the values that the server's page shows. */
async function startBarePage(
  bench: Bench,
  server: Virtglass,
  cookie: string,
  port: number,
): Promise<Program> {
  const response = await fetch(server.url, { headers: { cookie } });
  const values = `${bench.folder}/page.json`;
  await Deno.writeTextFile(values, JSON.stringify(valuesOf(await response.text())));
  const args = ["run", "-A", "--no-check", bench.peer("bare_page.tsx"), values, `${port}`];
  return new Program(Deno.execPath(), args);
}
