import type { Bench } from "../bench.ts";
import { ConsoleViewer } from "../console_viewer.ts";
import { FIRST_NUMBER } from "../numbers.ts";
import { run } from "../program.ts";
import { absolute, type Figure, type Row } from "../row.ts";
import { bytes } from "../units.ts";

const DISCONNECTS = 20;
/** Milliseconds that nobody was there. */
const SHORTEST = 1_000;
const LONGEST = 60_000;
/** Numbers without end, as fast as a shell prints them; nothing else may write there meanwhile. */
const PRINT = `dmesg -n 1; n=${FIRST_NUMBER}; while :; do echo $n; n=$((n+1)); done`;

/**
 * Bytes that viewers lost, or had twice, who vanished while the guest printed and came back after 1 to
 * 60 s. Each byte is checked against its place in the stream; a gap must be told, to the byte.
 */
export class Resume implements Row {
  readonly name = "resume";
  readonly once = true;
  #bytes = 0;
  #wrong = 0;
  #gaps = 0;
  #skipped = 0;

  async round(bench: Bench): Promise<void> {
    const { uri, name } = await bench.guest("vg-bn-ours");
    await using server = await bench.serve(uri);
    const token = await server.token();
    using typist = await ConsoleViewer.open(server, name, token);
    typist.type(`${PRINT}\r`);
    await typist.until(`${FIRST_NUMBER + 2}\r\n`, 0);
    const socket = [`${server.port}`, `/ws/vms/${name}/console`, token];
    const away = absences(bench.quick ? LONGEST / 20 : LONGEST);
    const seen = await Promise.all(away.map((pair) =>
      run(bench.program("resume"), [
        ...socket,
        ...pair.map((milliseconds) => milliseconds.toFixed(0)),
      ])
    ));
    typist.type("\x03");
    await typist.until("# ", typist.length);
    for (const [line = ""] of seen) {
      const [bytes = NaN, wrong = NaN, gaps = NaN, skipped = NaN] = line.split(" ").map(Number);
      this.#bytes += bytes;
      this.#wrong += wrong;
      this.#gaps += gaps;
      this.#skipped += skipped;
    }
  }

  figures(): Figure[] {
    const what = `bytes lost or doubled over ${DISCONNECTS} disconnects of 1 to 60 s, of ${
      bytes(this.#bytes)
    }, ${this.#gaps} gaps told with ${bytes(this.#skipped)}`;
    return [absolute(what, this.#wrong, bytes, 0)];
  }
}

/** Pairs of absences that are as long as any other pair, so that all viewers end together. */
function absences(longest: number): [number, number][] {
  const step = (longest - SHORTEST) / (DISCONNECTS - 1);
  return Array.from({ length: DISCONNECTS / 2 }, (_, n) => {
    return [SHORTEST + n * step, longest - n * step];
  });
}
