import type { Bench } from "../bench.ts";
import { ConsoleViewer } from "../console_viewer.ts";
import { FIRST_NUMBER, numberLines } from "../numbers.ts";
import { absolute, type Figure, type Row } from "../row.ts";
import { count } from "../units.ts";

const VIEWERS = 50;
const LINES = 100_000;

/**
 * 50 viewers of one console while the guest prints numbers that are known beforehand: the SHA-256 of
 * what each was sent must be that of the numbers.
 */
export class Viewers implements Row {
  readonly name = "viewers";
  readonly once = true;
  readonly #lines: number[] = [];
  #differing = NaN;

  async round(bench: Bench): Promise<void> {
    const { uri, name } = await bench.guest("vg-bn-ours");
    await using server = await bench.serve(uri);
    const token = await server.token();
    using stack = new DisposableStack();
    const open = () => ConsoleViewer.open(server, name, token);
    const viewers = await Promise.all(Array.from({ length: VIEWERS }, open));
    for (const viewer of viewers) stack.use(viewer);
    const lines = bench.samples(LINES);
    this.#lines.push(lines);
    const from = viewers.map(({ length }) => length);
    viewers[0]?.type(`dmesg -n 1; seq ${FIRST_NUMBER} ${FIRST_NUMBER + lines - 1}; echo E''nd\r`);
    const wanted = numberLines(lines);
    const sha256 = await digest(new TextEncoder().encode(wanted));
    const digests = await Promise.all(viewers.map(async (viewer, n) => {
      const end = await viewer.until("End\r\n", from[n] ?? 0, 120_000) - "End\r\n".length;
      return await digest(viewer.slice(end - wanted.length, end));
    }));
    this.#differing = digests.filter((each) => each !== sha256).length;
  }

  figures(): Figure[] {
    const what = `of ${VIEWERS} viewers on one console, those whose bytes differ (SHA-256 of ${
      8 * (this.#lines[0] ?? NaN)
    } bytes)`;
    return [absolute(what, this.#differing, count, 0)];
  }
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
