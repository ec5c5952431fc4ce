import type { Bench } from "../bench.ts";
import { press } from "../load.ts";
import { freePort } from "../port.ts";
import { Program } from "../program.ts";
import { median } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { perSecond } from "../units.ts";

const VMS = 50;

/**
 * Requests a second of the host page with 50 VMs, against Hono that answers with an empty page; and what
 * the transfer alone leaves of that: bare Deno servers that send the page's text each time, as it is
 * and compressed.
 */
export class EmptyPageRate implements Row {
  readonly name = "empty-page";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];
  readonly #constant: number[] = [];
  readonly #compressed: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri } = await bench.fleet(VMS);
    await using server = await bench.serve(uri);
    const cookie = await server.cookie();
    const page = `${bench.folder}/host_page.html`;
    const response = await fetch(server.url, { headers: { cookie } });
    await Deno.writeTextFile(page, await response.text());
    const gzip = new Blob([await Deno.readFile(page)]).stream()
      .pipeThrough(new CompressionStream("gzip"));
    await Deno.writeFile(`${page}.gz`, gzip);
    const [port, constantPort, compressedPort] = [freePort(), freePort(), freePort()];
    const constantPage = bench.peer("constant_page.ts");
    await using peer = peerProgram(bench.peer("empty_page.ts"), `${port}`);
    await using constant = peerProgram(constantPage, `${constantPort}`, page);
    await using compressed = peerProgram(constantPage, `${compressedPort}`, `${page}.gz`);
    await Promise.all([peer, constant, compressed].map((program) => program.line(0)));
    const load = async (port: number) => (await press(bench, port, cookie)).perSecond;
    for (const each of [server.port, port, constantPort, compressedPort]) await load(each); // warms all
    for (let block = bench.samples(4); block > 0; block--) {
      this.#peer.push(await load(port));
      this.#ours.push(await load(server.port));
      this.#constant.push(await load(constantPort));
      this.#compressed.push(await load(compressedPort));
    }
  }

  figures(): Figure[] {
    const what = `host page for ${VMS} VMs, requests/s against an empty page of Hono`;
    const transfer = "the same bytes from memory, sent by a bare Deno server";
    const peer = median(this.#peer);
    return [
      compared(what, median(this.#ours), peer, perSecond, { atLeast: 0.6 }),
      compared(transfer, median(this.#constant), peer, perSecond, null),
      compared(`${transfer}, gzip`, median(this.#compressed), peer, perSecond, null),
    ];
  }
}

const peerProgram = (file: string, ...args: string[]) =>
  new Program(Deno.execPath(), ["run", "-A", "--no-check", file, ...args]);
