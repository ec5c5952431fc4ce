import type { Bench } from "../bench.ts";
import { withBrowser, withPage } from "../chromium.ts";
import { absolute, type Figure, type Row } from "../row.ts";
import { type Transfers, transfersOf } from "../transfers.ts";
import { count, kilobytes } from "../units.ts";
import type { Virtglass } from "../virtglass.ts";

const VMS = 20;
const NOTHING: Transfers = { requests: NaN, bytes: NaN, javaScript: NaN };

/**
 * What Chromium with an empty cache asks for and gets: the host page, and a VM's with its charts drawn,
 * of a VM without a console and of one whose terminal has opened.
 */
export class FirstVisit implements Row {
  readonly name = "visit";
  readonly once = true;
  #host = NOTHING;
  #charts = NOTHING;
  #terminal = NOTHING;

  async round(bench: Bench): Promise<void> {
    const chart = '[data-chart="CPU"] canvas';
    {
      const { uri, names } = await bench.testVMs(VMS);
      await using server = await bench.serve(uri);
      this.#charts = await weigh(server, `/vms/${names[0]}`, [chart]);
    }
    const { uri, names } = await bench.fleet(VMS);
    await using server = await bench.serve(uri);
    this.#host = await weigh(server, "/", ['[data-link="live"]']);
    this.#terminal = await weigh(server, `/vms/${names[0]}`, [chart, ".xterm-rows"]);
  }

  figures(): Figure[] {
    const [host, charts, terminal] = [this.#host, this.#charts, this.#terminal];
    return [
      absolute(`first visit, host page with ${VMS} VMs: bytes`, host.bytes, kilobytes, 45_000),
      absolute("the same: requests", host.requests, count, 8),
      absolute("the same, VM page with charts: bytes", charts.bytes, kilobytes, 110_000),
      absolute("the same, and with a terminal", terminal.bytes, kilobytes, 260_000),
      counted("the same: requests without / with a terminal", charts, terminal),
    ];
  }
}

async function weigh(
  server: Virtglass,
  path: string,
  shown: readonly string[],
): Promise<Transfers> {
  const cookie = await server.cookie();
  return await withBrowser((browser) =>
    withPage(
      browser,
      cookie,
      server.url,
      (page) => transfersOf(page, `${server.url}${path}`, shown),
    )
  );
}

function counted(what: string, { requests }: Transfers, other: Transfers): Figure {
  const ours = `${requests} / ${other.requests}`;
  return { what, ours, peer: null, ratio: null, target: null, ok: null };
}
