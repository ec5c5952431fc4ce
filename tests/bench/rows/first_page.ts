import type { Bench } from "../bench.ts";
import { freePort } from "../port.ts";
import { run } from "../program.ts";
import { median } from "../quantile.ts";
import { compared, type Figure, type Row } from "../row.ts";
import { ms } from "../units.ts";
import { serveCommand } from "../virtglass.ts";

/**
 * From the start of the process to the first 200 of the host page that names a VM of libvirt's, with
 * the cookie of a session that an earlier server made; against a bare Deno server that has connected
 * to libvirt and listed its domains.
 */
export class FirstPage implements Row {
  readonly name = "start";
  readonly #ours: number[] = [];
  readonly #peer: number[] = [];

  async round(bench: Bench): Promise<void> {
    const { uri, names } = await bench.fleet(20);
    const cookie = await this.#signIn(bench, uri);
    const first = async (port: number, args: readonly string[]) => {
      const wanted = [`${port}`, "/", cookie, names.at(-1) ?? ""];
      const [took] = await run(bench.program("first_page"), [...wanted, Deno.execPath(), ...args]);
      return Number(took);
    };
    for (let start = bench.samples(20); start > 0; start--) {
      const port = freePort();
      const bare = ["run", "-A", "--no-check", bench.peer("bare_server.ts"), uri, `${port}`];
      this.#peer.push(await first(port, bare));
      this.#ours.push(await first(port, serveCommand(uri, port, bench.dataDir)));
    }
  }

  figures(): Figure[] {
    const what = "process start to the first 200 of the host page";
    return [compared(what, median(this.#ours), median(this.#peer), ms, { atMost: 3 })];
  }

  async #signIn(bench: Bench, uri: string): Promise<string> {
    await using server = await bench.serve(uri);
    return await server.cookie();
  }
}
